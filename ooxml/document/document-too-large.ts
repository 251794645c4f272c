// The fault of a document that is longer than Word opens in good time.

export class DocumentTooLarge extends Error {}
