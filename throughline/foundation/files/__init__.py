"""Files: where their bytes lie (the data folder, or S3) and how what people share is sealed in them.

    from throughline.foundation.files import sealed

    length = sealed.keep(relationship.pk, file_id, upload.chunks())      # then the row that names it
    sealed.read(relationship.pk, file_id, start=0, stop=65_536)          # an iterator of plain bytes
    transaction.on_commit(lambda: sealed.forget(relationship.pk, file_id))

Write the file before its row: a row whose file is missing is a broken promise, a file without a row takes room alone.
"""
