import type { officeZh } from "./office.zh";

export const officeEn: typeof officeZh = {
  office: {
    title: "Inbox and results", parts: "Parts of inbox and results", panel: "Panel", about: "{title} ({edition}) · {year} · {stage}", sortBy: "Sort by “{of}”",
    part: { inbox: "Inbox", panel: "Panel", results: "Results", reports: "Reports", data: "Data" },
  },
};
