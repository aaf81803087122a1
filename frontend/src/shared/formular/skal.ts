import { enRad } from "@/shared/text.logic";
import type { Falt, Grund } from "./tabell";

/** Why something registered is corrected: asked by every form that corrects. */
export const skalfalt: Falt<string, object, Grund & { rattar: boolean }> = {
    etikett: "Varför rättas uppgiften?",
    slag: "textyta",
    rader: 3,
    max: 500,
    hjalp: "Till exempel «Fel antal år angivet». Skriv inga personuppgifter.",
    krav: "Skriv kort varför uppgiften rättas.",
    nar: (_, c) => c.rattar,
    rent: enRad,
};
