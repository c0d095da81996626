// What pdf.js needs for other people's PDFs: character maps of Chinese fonts that are not embedded, and the decoders of
// scans (JBIG2, JPEG 2000, fax). All of it is part of the program and comes as a script: the page fetches nothing.
const MAPS = import.meta.glob<string>("/node_modules/pdfjs-dist/cmaps/*.bcmap", { query: "?url&inline", import: "default" });
const DECODERS = import.meta.glob<string>("/node_modules/pdfjs-dist/wasm/{jbig2,openjpeg}.wasm", { query: "?url&inline", import: "default" });

/** The bytes of a file that stands in a script as a data address. */
function bytesOf(address: string): Uint8Array {
  const packed = atob(address.slice(address.indexOf(",") + 1));
  return Uint8Array.from(packed, (character) => character.charCodeAt(0));
}

/** Answers pdf.js where it would fetch. */
export class Shipped {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    const load = kind === "cMapUrl" ? MAPS[`/node_modules/pdfjs-dist/cmaps/${filename}`] : DECODERS[`/node_modules/pdfjs-dist/wasm/${filename}`];
    if (!load) throw new Error(`${kind}: no ${filename}`);
    return bytesOf(await load());
  }
}
