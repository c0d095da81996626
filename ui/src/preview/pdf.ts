// Pages of a PDF, drawn by pdf.js with its worker. All of it is bundled: nothing is fetched, nothing is evaluated.
import { AnnotationMode, GlobalWorkerOptions, RenderingCancelledException, TextLayer, getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import workerUrl from "pdfjs-dist/legacy/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerUrl;

/** A page in points, drawn when it is looked at. */
export type Page = { width: number; height: number; draw: (place: Place) => Drawing; release: () => void };
/** Where a page goes: `scale` is CSS pixels for a point, `ratio` device pixels for a CSS pixel. */
export type Place = { canvas: HTMLCanvasElement; text: HTMLElement; scale: number; ratio: number };
/** A page being drawn; `done` answers whether it was finished. */
export type Drawing = { done: Promise<boolean>; cancel: () => void };
export type Pdf = { pages: Page[]; close: () => void };

/** A canvas larger than this (in device pixels) is drawn coarser: four bytes each are held while it is seen. */
const MOST_PIXELS = 16_000_000;

/** Reads a PDF that carries its fonts, as all of ours do. */
export async function openPdf(bytes: ArrayBuffer): Promise<Pdf> {
  const task = getDocument({ data: new Uint8Array(bytes), isEvalSupported: false, useWasm: false, useWorkerFetch: false, useSystemFonts: false, enableXfa: false });
  const read = await task.promise;
  const numbers = Array.from({ length: read.numPages }, (_, index) => index + 1);
  const pages = await Promise.all(numbers.map((number) => read.getPage(number)));
  return { pages: pages.map(pageOf), close: () => void task.destroy() };
}

function pageOf(page: PDFPageProxy): Page {
  const { width, height } = page.getViewport({ scale: 1 });
  return { width, height, draw: (place) => draw(page, place), release: () => void page.cleanup() };
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
