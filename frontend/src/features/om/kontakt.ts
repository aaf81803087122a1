/** Who answers for SUS, as the contract says it. */
export const forvaltning = {
    namn: "SUS förvaltning, Försäkringskassan",
    epost: "sus@forsakringskassan.example",
    webb: "https://sus.forsakringskassan.se/kontakt",
} as const;
