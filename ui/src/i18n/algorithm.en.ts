import type { algorithmZh } from "./algorithm.zh";

export const algorithmEn: typeof algorithmZh = {
  algorithm: {
    title: "Signs with", p256: "Usual (P-256)", sm2: "Chinese (SM2)", p256Hint: "Every tool and PDF reader knows it. Take it unless something else is asked for.",
    sm2Hint: "Packages and receipts are signed with SM2/SM3. PDF readers do not know SM2, so a P-256 certificate for PDFs is made beside it: same name, same passphrase, digits and fingerprint of its own.",
    uncertified: "This program is not a certified cryptographic product: the State Cryptography Administration has not tested it.",
    shortP256: "P-256", shortSm2: "SM2", other: "an algorithm that is not known here", forPdf: "PDFs (P-256)", forContent: "packages and receipts (SM2)", pdfCertificate: "SM2; PDFs with the P-256 certificate",
    beside: "PDFs are signed with the P-256 certificate of the same name: switch at the upper right. If an office is to issue, each of the two needs a request.", besideSm2: "This certificate is for PDFs only; packages and receipts are signed with the SM2 certificate of the same name: switch at the upper right.",
    request: "The key is SM2; the certificate will serve for packages and receipts.",
  },
};
