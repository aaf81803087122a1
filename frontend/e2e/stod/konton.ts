export const huvudlosenord = "demo-huvudlosenord";

/** The demo's log-ins that the tests work as, one per role; all in Uppsala. */
export const konton = {
    deltagaransvarig: "197701172392",
    insatsansvarig: "197701172384",
    samverkansadministrator: "197701192382",
    susrapport: "197701202397",
    systemforvaltare: "197701302387",
} as const;

export type Rollnamn = keyof typeof konton;

/** Log-ins for the tests of the log-in itself: one for each test and width, never two at a time. */
export const inloggningskonton: Record<string, string[]> = {
    "1280": ["197701202389", "197701212388", "197701222387"],
    "390": ["197701242393", "197701252392", "197701262391"],
};
