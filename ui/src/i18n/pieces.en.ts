// Texts of the catalogue table and of a piece of evidence.
export const piecesEn = {
  pieces: {
    loose: "Without a point", of: "({n})", ofOnSite: " and {n} brought by experts", sort: "Sort; again: the other way round; a third time: by indicator", choose: "Choose {name}", chooseAll: "Choose all",
    foot: "Type into the cells, or drop files onto the table;", footTab: "next cell,", footFill: "fill down; paste from Excel",
    bulk: "To the chosen pieces", chosen: "{n} chosen", setDate: "Date…", setMedium: "Medium…", apply: "Set", unlink: "Unlink", unlinkTitle: "Unlink from which point",
    takePhotos: "Take the photographs’ records", canUndo: "undoes it", clear: "Choose none", removeMany: "Takes {name} out of the catalogue; {n} points no longer refer to them. It can be undone.",
    medium: "Medium", noMedium: "none chosen", page: "page, e.g. p. 3", pageOf: "Page for {code}",
    hinted: "To look at", toLookAt: "To look at: {n}", more: "{n} more: filter by “To look at”",
    taken: "Taken, by the photograph’s record, {time}", place: "Place, by the photograph’s record, {place}", fromPhoto: "taken from the photograph", takePhoto: "Take the record", join: "Join with “{name}”: move the links, take this one out",
    alreadyThere: "already in the catalogue, linked only: {places}", standsAt: "“{name}” ({points})",
  },
};
