// Between the server's JSON, where bytes are base64url text, and what navigator.credentials wants and gives.

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

const textOf = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

type Named = { id: string; type: string; transports?: string[] };

const named = (list: Named[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((one) => ({
    id: bytesOf(one.id),
    type: "public-key",
    ...(one.transports ? { transports: one.transports as AuthenticatorTransport[] } : {}),
  }));

/** A passkey that signs in by itself: kept by the device (resident), and the device checks who holds it. */
export function creationFrom(json: PublicKeyCredentialCreationOptionsJSON): PublicKeyCredentialCreationOptions {
  return {
    ...(json as unknown as PublicKeyCredentialCreationOptions),
    challenge: bytesOf(json.challenge),
    user: { ...json.user, id: bytesOf(json.user.id) },
    excludeCredentials: named(json.excludeCredentials),
    authenticatorSelection: {
      ...(json.authenticatorSelection as AuthenticatorSelectionCriteria | undefined),
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
}

export function requestFrom(json: PublicKeyCredentialRequestOptionsJSON): PublicKeyCredentialRequestOptions {
  return {
    ...(json as unknown as PublicKeyCredentialRequestOptions),
    challenge: bytesOf(json.challenge),
    allowCredentials: named(json.allowCredentials),
  };
}

export function answerToJson(credential: Credential | null): Record<string, unknown> {
  if (!(credential instanceof PublicKeyCredential)) throw new Error("the device gave no passkey");
  const { response } = credential;
  const common = { clientDataJSON: textOf(response.clientDataJSON) };
  const answer =
    response instanceof AuthenticatorAttestationResponse
      ? { ...common, attestationObject: textOf(response.attestationObject), transports: response.getTransports() }
      : response instanceof AuthenticatorAssertionResponse
        ? {
            ...common,
            authenticatorData: textOf(response.authenticatorData),
            signature: textOf(response.signature),
            userHandle: response.userHandle ? textOf(response.userHandle) : null,
          }
        : common;
  return {
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    response: answer,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
  };
}
