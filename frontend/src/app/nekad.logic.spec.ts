import { describe, expect, it } from "vitest";
import { nekadText } from "./nekad.logic";

describe("den som inte får se en sida", () => {
    it.each([
        [
            ["DELTAGARANSVARIG"],
            ["INSATSANSVARIG"],
            "Sidan är för deltagaransvariga. Du är insatsansvarig.",
        ],
        [
            ["SAMVERKANSADMINISTRATOR", "INSATSANSVARIG"],
            ["DELTAGARANSVARIG", "SUSRAPPORT"],
            "Sidan är för samverkansadministratörer och insatsansvariga. Du är deltagaransvarig.",
        ],
        [
            ["SYSTEMFORVALTARE"],
            ["SUSRAPPORT"],
            "Sidan är för systemförvaltare. Din behörighet är SUS-rapport.",
        ],
        [
            ["SYSTEMFORVALTARE"],
            [],
            "Sidan är för systemförvaltare. Du har ingen behörighet som gäller i dag.",
        ],
    ] as const)("%j som %j", (kravda, mina, text) => {
        expect(nekadText(kravda, mina)).toBe(text);
    });
});
