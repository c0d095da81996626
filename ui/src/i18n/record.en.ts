import type { recordZh } from "./record.zh";

export const recordEn: typeof recordZh = {
  record: {
    title: "Record of the verification", export: "Export the report…", exportTitle: "Export the verification report", exportText: "One page as PDF: what was checked, the outcome and rule of each check, who signed, and the commands that repeat it without this program. The file is verified once more before it is written.", ending: "verification",
    checks: "Outcome of each check", check: "Check", outcome: "Outcome", note: "In plain words", clause: "Rule",
    commands: "Repeat it without this program", commandsText: "Open a terminal in the file's folder and enter these from the top. They need common programs: coreutils, unzip, openssl, poppler; bagit.py comes by pip install bagit.",
    copy: "Copy", copied: "Copied", copyOf: "Copy the command: {purpose}", copyAll: "Copy all", selected: "Selected: press Ctrl+C to copy", expected: "Expected", nothing: "nothing",
    facts: "{kind}　{size}　{at}　{program}",
  },
};
