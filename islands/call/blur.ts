// A blurred background, worked out in this browser: the person is found in each picture by a small model of ours,
// the rest is blurred, and what is sent is the result. The unblurred picture never leaves while this is on.
//
//   const blur = new Blur(files);          // the address of our own copy of the model
//   const track = await blur.over(camera); // throws when this browser cannot
//   blur.stop();

interface Found {
  image: CanvasImageSource;
  segmentationMask: CanvasImageSource;
}

interface Finder {
  setOptions(options: { modelSelection: number }): void;
  onResults(then: (found: Found) => void): void;
  initialize(): Promise<void>;
  send(input: { image: HTMLVideoElement }): Promise<void>;
  close(): Promise<void>;
}

declare global {
  interface Window {
    SelfieSegmentation?: new (options: { locateFile(name: string): string }) => Finder;
  }
}

const PICTURES = 15; // a second, at most
const FAR = 12; // pixels that the background is spread over, in a picture 640 wide

export class Blur {
  private finder: Finder | undefined;
  private running = 0;
  private source: HTMLVideoElement | undefined;
  private track: MediaStreamTrack | undefined;

  constructor(private readonly files: string) {}

  /** The model's address is "" where it was not built, and some browsers cannot run it. */
  get possible(): boolean {
    return Boolean(this.files) && "captureStream" in HTMLCanvasElement.prototype && typeof WebAssembly === "object";
  }

  async over(camera: MediaStreamTrack): Promise<MediaStreamTrack> {
    this.stop();
    const finder = (this.finder ??= await this.load());
    const source = (this.source = document.createElement("video"));
    source.muted = source.playsInline = true;
    source.srcObject = new MediaStream([camera]);
    await source.play();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [source.videoWidth, source.videoHeight];
    const draw = painter(canvas);
    finder.onResults(draw);
    await finder.send({ image: source }); // the first picture is a blurred one, too
    const [track] = canvas.captureStream(PICTURES).getVideoTracks();
    if (!track) throw new Error("no picture from the canvas");
    this.track = track;
    void this.run(finder, source, ++this.running);
    return track;
  }

  stop(): void {
    this.running += 1;
    this.track?.stop();
    if (this.source) this.source.srcObject = null;
    this.source = this.track = undefined;
  }

  private async run(finder: Finder, source: HTMLVideoElement, mine: number): Promise<void> {
    while (mine === this.running) {
      const began = performance.now();
      try {
        await finder.send({ image: source });
      } catch {
        this.track?.dispatchEvent(new Event("ended")); // never the bare picture in its place
        return this.stop();
      }
      await new Promise((done) => setTimeout(done, Math.max(5, 1_000 / PICTURES - (performance.now() - began))));
    }
  }

  private async load(): Promise<Finder> {
    if (!window.SelfieSegmentation) await script(`${this.files}selfie_segmentation.js`);
    if (!window.SelfieSegmentation) throw new Error("no model");
    const finder = new window.SelfieSegmentation({ locateFile: (name) => this.files + name });
    finder.setOptions({ modelSelection: 1 });
    await finder.initialize();
    return finder;
  }
}

function painter(canvas: HTMLCanvasElement): (found: Found) => void {
  const paint = canvas.getContext("2d");
  if (!paint) throw new Error("no canvas");
  const small = document.createElement("canvas");
  [small.width, small.height] = [Math.max(1, canvas.width >> 4), Math.max(1, canvas.height >> 4)];
  const shrink = small.getContext("2d");
  const filters = "filter" in (paint as object);
  const { width, height } = canvas;
  return ({ image, segmentationMask }) => {
    paint.save();
    paint.globalCompositeOperation = "copy";
    paint.drawImage(segmentationMask, 0, 0, width, height);
    paint.globalCompositeOperation = "source-in";
    paint.drawImage(image, 0, 0, width, height);
    paint.globalCompositeOperation = "destination-over";
    if (filters) {
      paint.filter = `blur(${Math.round((FAR * width) / 640)}px)`;
      paint.drawImage(image, 0, 0, width, height);
    } else {
      // Drawn very small and large again: soft enough that nothing behind can be read.
      shrink?.drawImage(image, 0, 0, small.width, small.height);
      paint.drawImage(small, 0, 0, width, height);
    }
    paint.restore();
  };
}

function script(address: string): Promise<void> {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = address;
    element.onload = () => done();
    element.onerror = () => failed(new Error("the model did not load"));
    document.head.append(element);
  });
}
