"""Makes PDFs by a program that is not ours: a right one, and for each kind of fault one that has it.

Usage: make_pdf.py FOLDER. The commercial fonts are not at hand: a free one goes by their names.
"""
import json
import pathlib
import sys

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FOLDER = pathlib.Path(sys.argv[1])
FONTS = pathlib.Path(__file__).resolve().parents[3] / "assets" / "fonts"
MM = 72 / 25.4
TEXT = "并州开放大学依照办学评估指标体系逐项开展自评查找问题认真整改"
CASES = []


def font(name):
    made = TTFont(name, FONTS / "LXGWWenKai-Light.ttf")
    made.face.name = name.encode()
    pdfmetrics.registerFont(made)


for name in ("FangSong", "STZhongsong", "SimSun", "SimHei"):
    font(name)
pdfmetrics.registerFont(TTFont("TimesNewRoman", FONTS / "LiberationSerif-Regular.ttf"))
pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def cells(canvas, text, x, y, name, size, pitch):
    canvas.setFont(name, size)
    for character in text:
        canvas.drawString(x, y, character)
        x += pitch


def pdf(name, codes, **change):
    get = change.get
    paper = get("paper", A4)
    canvas = Canvas(str(FOLDER / (name + ".pdf")), pagesize=paper)
    left, top, pitch, line = get("left", 31.8) * MM, 25.4 * MM, get("pitch", 15.003), get("line", 31.722)
    size, body = get("size", 16), get("font", "FangSong")
    for page in (1, 2):
        y = A4[1] - top - line / 2 - size * 0.36
        for row in range(get("rows", 22)):
            if page == 1 and row == 0 and get("title", True):
                cells(canvas, "自评报告", 250, y, "STZhongsong", get("title_size", 22), 24)
            elif page == 1 and row == 2 and "foreign" in change:
                cells(canvas, TEXT[:20], left, y, get("foreign"), 16, pitch)
            elif page == 1 and row == 3:
                cells(canvas, TEXT[:14], left, y, body, size, pitch)
                canvas.setFont(get("latin", "TimesNewRoman"), 16)
                canvas.drawString(left + 14 * pitch, y, "2022")
                cells(canvas, TEXT[16:26], left + 16.4 * pitch, y, body, size, pitch)
            else:
                cells(canvas, TEXT[:get("count", 28)], left, y, body, size, pitch)
            y -= line
        if get("number", True):
            text = get("dash", "—") + f" {page} " + get("dash", "—")
            canvas.setFont(get("number_font", "SimSun"), get("number_size", 14))
            width = canvas.stringWidth(text, get("number_font", "SimSun"), get("number_size", 14))
            right = A4[0] - 30 * MM - 14 - width
            odd, even = (31.8 * MM + 14, right) if get("swap") else (right, 31.8 * MM + 14)
            canvas.drawString(odd if page == 1 else even, 25.4 * MM - 7 * MM - 10, text)
        canvas.showPage()
    canvas.save()
    CASES.append({"file": name + ".pdf", "codes": codes})


pdf("right", [])
pdf("paper", ["paper-size"], paper=(A4[0], LETTER[1] + 80))
pdf("margin-left", ["margin-left"], left=31)
pdf("margin-right", ["margin-right"], count=26)
pdf("margin-bottom", ["margin-bottom"], rows=23)
pdf("characters", ["grid-characters"], pitch=15.5, count=27)
pdf("lines", ["grid-lines"], line=28)
pdf("body-font", ["body-font"], font="SimSun")
pdf("body-size", ["body-size"], size=14)
pdf("latin", ["latin-font", "font-not-embedded"], latin="Helvetica")
pdf("not-embedded", ["font-not-embedded", "body-font"], font="STSong-Light")
pdf("foreign", ["foreign-type"], foreign="STZhongsong")
pdf("no-number", ["page-number-missing"], number=False)
pdf("number-sides", ["page-number-odd-place", "page-number-even-place"], swap=True)
pdf("number-size", ["page-number-size"], number_size=10.5)
pdf("number-font", ["page-number-font"], number_font="TimesNewRoman")
pdf("number-dash", ["page-number-dashes"], dash="-")

scan = Canvas(str(FOLDER / "scan.pdf"), pagesize=A4)
(FOLDER / "dot.ppm").write_bytes(b"P6 1 1 255 " + bytes(3))
scan.drawImage(str(FOLDER / "dot.ppm"), 0, 0, *A4)
scan.save()
CASES.append({"file": "scan.pdf", "codes": ["scanned"]})
(FOLDER / "cases.json").write_text(json.dumps(CASES), encoding="utf-8")
