export const startEn = {
  role: {
    title: "What do you do in assessments?", text: "It only changes the order of the start page and the stage that a new sheet begins with. You can change it in the settings.", label: "Role",
    unit: "Assessed unit", expert: "Expert", office: "Assessment office",
    unitText: "Score your own unit, collect evidence, write the report, sign and hand it on.", expertText: "Read the unit's own marks and evidence, review point by point, sign and hand it back.", officeText: "Take in the packages of units and experts, verify and bring them together.",
  },
  begin: {
    unitTitle: "Begin with your own marks", expertTitle: "Begin with the unit's own marks", officeTitle: "Begin with what was handed in",
    unitText: "Choose a rubric and create a self-assessment; a package that you were given can be imported too.", expertText: "Import the unit's self-assessment first, then create a review: the unit's marks stand beside yours.", officeText: "Import the packages of units and experts: they are verified first and written when you agree.",
    unit1: "Create an assessment at stage “Self” with the unit's name and yours.", unit2: "Begin at the first point: type digits to score, drop files on the point they belong to.", unit3: "When all is scored, finalise, sign and export the package under “Sign”.",
    expert1: "Import the unit's package; look at the result of the verification before it is written.", expert2: "Create a review for the same unit and year: the unit's marks stand beside yours.", expert3: "Score, remark, finalise and sign; hand the package back to the office.",
    office1: "Drop the .hjp files into the window: first you see who signed them and whether they were changed.", office2: "What was written stands on this page, by state and unit; importing a package twice changes nothing.", office3: "Under “Recent packages” each can be verified again, and its folder opened.",
  },
  sample: {
    tag: "Sample", title: "Try it first", text: "Make a filled sample: the self-assessment of an invented unit with evidence and texts, and two reviews. Change what you like; it stays apart from real work and goes away with one click.",
    make: "Make the sample", making: "Making the sample…", remove: "Remove the sample", removed: "The sample was moved to the bin.",
  },
  bin: {
    title: "Bin ({n})", text: "Removed drafts stay here with their marks and evidence and can be put back.", restore: "Put back", restored: "“{unit}” was put back.", removed: "“{unit}” was moved to the bin with its marks and evidence.", undo: "Undo", at: "removed {when}",
  },
  row: { more: "More for “{unit}”", correct: "Correct details…", remove: "Move to the bin", locked: "Was finalised or imported: its names stay, and so does it" },
  correct: {
    title: "Correct details", save: "Save", text: "Marks, remarks and evidence stay; only the names change, and the change is recorded.", siblings: "Other sheets of this unit and year that change along: {n}.", saved: "Corrected.",
  },
  discard: { text: "What you filled in is not saved yet.", keep: "Go on filling in", drop: "Discard" },
  parcel: {
    title: "Recent packages", exported: "Exported", imported: "Imported", empty: "No package was exported or imported yet.", again: "Verify again", show: "Open folder", gone: "not there any more", goneHint: "The stick is not plugged in, or the file was moved or renamed", changed: "file changed", changedHint: "Its size differs from then: a newer export may have replaced it",
    count: "{result}: {n}", verified: "verified when written", more: "All {n}", less: "Only the latest",
  },
  recovered: { title: "The program was ended last time; everything is there", text: "Everything up to {when} was saved; at most the last key is missing.", open: "Go on", close: "Understood" },
  sort: { label: "Order", changed: "Latest change", unit: "Unit", left: "Points left", state: "State" },
  inside: { show: "Look inside", hide: "Hide", search: "Find a rubric: title, edition, source", none: "No rubric matches “{query}”" },
  help: {
    title: "Manual", open: "Manual (F1)", search: "Search the manual", contents: "Contents", results: "Found: {n}", none: "The manual does not mention “{query}”. Try another word, such as “sign” or “import”.", failed: "The manual could not be read",
  },
};
