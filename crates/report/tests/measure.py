"""Says what stands where in a PDF, as JSON, read by pdfplumber: points from the page's upper left corner."""

import json
import sys

import pdfplumber

pages = []
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        chars = [
            {
                "text": c["text"],
                "x": c["matrix"][4],
                "y": float(page.height) - c["matrix"][5],
                "right": c["x1"],
                "font": c["fontname"].split("+")[-1],
                "size": c["size"],
            }
            for c in page.chars
        ]
        lines = [
            {
                "from": [line["x0"], line["top"]],
                "to": [line["x1"], line["bottom"]],
                "width": line["linewidth"],
                "colour": list(line["stroking_color"] or []),
            }
            for line in page.lines
        ]
        images = [[i["x0"], i["top"], i["x1"], i["bottom"]] for i in page.images]
        size = [float(page.width), float(page.height)]
        pages.append({"size": size, "chars": chars, "lines": lines, "images": images})
json.dump(pages, sys.stdout, ensure_ascii=False)
