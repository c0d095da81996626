// Pages of a PDF, drawn by pdf.js with its worker. All of it is bundled: nothing is fetched, nothing is evaluated.
import { AnnotationMode, GlobalWorkerOptions, PDFDataRangeTransport, RenderingCancelledException, TextLayer, getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";
import { Shipped } from "./foreign";

GlobalWorkerOptions.workerSrc = workerUrl;

/** A page in points, drawn when it is looked at. */
export type Page = { width: number; height: number; draw: (place: Place) => Drawing; release: () => void };
/** Where a page goes: `scale` is CSS pixels for a point, `ratio` device pixels for a CSS pixel. */
export type Place = { canvas: HTMLCanvasElement; text: HTMLElement; scale: number; ratio: number };
/** A page being drawn; `done` answers whether it was finished. */
export type Drawing = { done: Promise<boolean>; cancel: () => void };
export type Pdf = { pages: Page[]; close: () => void };
/** A file that is read where it is looked at, and not as a whole. */
export type Parts = { length: number; read: (from: number, to: number) => Promise<ArrayBuffer> };
export type Source = ArrayBuffer | Parts;
/** Told of what comes later: a page that has another size than was thought, or bytes that could not be read. */
export type Hears = { pages: (pages: Page[]) => void; failed: (error: unknown) => void };

/** A canvas larger than this (in device pixels) is drawn coarser: four bytes each are held while it is seen. */
const MOST_PIXELS = 16_000_000;
/** Pages whose size is asked for before anything is shown; those after it are as large as the first until they are seen. */
const MEASURED = 40;
/** Bytes that are read at a time, and files that are read as a whole. */
const CHUNK = 1 << 20;
const WHOLE = 4 * CHUNK;

/** Bytes are given to pdf.js as it asks for them. */
class Ranges extends PDFDataRangeTransport {
  readonly #parts: Parts;
  readonly #failed: (error: unknown) => void;
  constructor(parts: Parts, first: ArrayBuffer, failed: (error: unknown) => void) {
    super(parts.length, new Uint8Array(first));
    this.#parts = parts;
    this.#failed = failed;
  }
  override requestDataRange(begin: number, end: number): void {
    this.#parts.read(begin, end).then((bytes) => this.onDataRange(begin, new Uint8Array(bytes)), this.#failed);
  }
}

async function given(source: Source, hears: Hears) {
  if (source instanceof ArrayBuffer) return { data: new Uint8Array(source) };
  if (source.length <= WHOLE) return { data: new Uint8Array(await source.read(0, source.length)) };
  return { range: new Ranges(source, await source.read(0, CHUNK), hears.failed), rangeChunkSize: CHUNK, disableAutoFetch: true, disableStream: true };
}

/** Reads a PDF: ours, which carry their fonts, and other people's. */
export async function openPdf(source: Source, hears: Hears): Promise<Pdf> {
  const task = getDocument({
    ...await given(source, hears),
    // The addresses are names for what stands in the program.
    BinaryDataFactory: Shipped, cMapUrl: "cmaps/", wasmUrl: "wasm/", useWorkerFetch: false,
    isEvalSupported: false, useSystemFonts: true, enableXfa: false,
  });
  const read = await task.promise;
  const measured = Array.from({ length: Math.min(read.numPages, MEASURED) }, (_, index) => index + 1);
  const known = (await Promise.all(measured.map((number) => read.getPage(number)))).map(pageOf);
  const pages = [...known];
  for (let number = known.length + 1; number <= read.numPages; number += 1) pages.push(laterPage(read, number, pages, hears.pages));
  return { pages, close: () => void task.destroy() };
}

function pageOf(page: PDFPageProxy): Page {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height, draw: (place) => draw(page, place), release: () => void page.cleanup() };
}

/** A page that is asked for when it is drawn. */
function laterPage(read: PDFDocumentProxy, number: number, pages: Page[], resized: Hears["pages"]): Page {
  const { width, height } = pages[0]!;
  let found: Page | null = null;
  const wait = (place: Place): Drawing => {
    let inner: Drawing | null = null;
    let wanted = true;
    const done = async (): Promise<boolean> => {
      found ??= pageOf(await read.getPage(number));
      if (!wanted) return false;
      if (found.width !== width || found.height !== height) {
        pages[number - 1] = found;
        resized([...pages]);
        return false;
      }
      inner = found.draw(place);
      return inner.done;
    };
    return {
      done: done(),
      cancel: () => {
        wanted = false;
        inner?.cancel();
      },
    };
  };
  return { width, height, draw: (place) => found?.draw(place) ?? wait(place), release: () => found?.release() };
}

function draw(page: PDFPageProxy, { canvas, text, scale, ratio }: Place): Drawing {
  const shown = page.getViewport({ scale });
  const finest = Math.sqrt(MOST_PIXELS / (shown.width * shown.height));
  const viewport = page.getViewport({ scale: scale * Math.min(ratio, finest) });
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  const picture = page.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
  const words = new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport: shown });
  return {
    done: picture.promise.then(async () => {
      await words.render();
      return true;
    }).catch((error: unknown) => {
      if (error instanceof RenderingCancelledException || (error instanceof Error && error.name === "AbortException")) return false;
      throw error;
    }),
    cancel: () => {
      picture.cancel();
      words.cancel();
    },
  };
}
