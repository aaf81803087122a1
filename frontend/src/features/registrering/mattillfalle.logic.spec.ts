import { describe, expect, it } from "vitest";
import {
    hinder,
    mattillfallenIn,
    mattillfallenUt,
    troligt,
} from "./mattillfalle.logic";

const oppet = { id: "d2", status: "PAGAENDE" as const, startdag: "2026-03-01" };
const avslutat = {
    id: "d1",
    status: "AVSLUTAD" as const,
    startdag: "2025-01-01",
    avslutningsdag: "2025-06-30",
};
const fel = {
    id: "d0",
    status: "FELREGISTRERAD" as const,
    startdag: "2024-01-01",
    avslutningsdag: "2024-01-02",
};

describe("mättillfällen vid inregistrering", () => {
    it("är Nyregistrering och de tidigare, nyast först", () => {
        expect(
            mattillfallenIn([fel, avslutat], true).map((m) => m.text),
        ).toEqual([
            "Nyregistrering",
            "2025-01-01 (avslutat)",
            "2024-01-01 (felregistrerat)",
        ]);
    });
    it("är bara de tidigare när ett deltagande pågår eller personen inte får registreras", () => {
        expect(
            mattillfallenIn([avslutat, oppet], true).map((m) => m.varde),
        ).toEqual(["d2", "d1"]);
        expect(mattillfallenIn([], false)).toEqual([]);
    });
});

describe("mättillfällen vid utregistrering", () => {
    it("är Nyutregistrering av det pågående och de tidigare", () => {
        expect(mattillfallenUt([avslutat, oppet])).toEqual([
            {
                varde: "ny-d2",
                text: "Nyutregistrering",
                deltagandeId: "d2",
                rattar: false,
            },
            {
                varde: "d1",
                text: "2025-06-30 (avslutat)",
                deltagandeId: "d1",
                rattar: true,
            },
        ]);
    });
    it("finns inte utan deltaganden", () => {
        expect(mattillfallenUt([])).toEqual([]);
    });
});

describe("det troliga", () => {
    it("är utregistrering när något pågår", () => {
        expect(troligt([avslutat, oppet])).toBe("ut");
        expect(troligt([avslutat])).toBe("in");
    });
});

describe("hinder", () => {
    const svar = {
        hittad: true,
        skyddad: false,
        avregistrerad: false,
        deltaganden: [],
    };
    it("är skyddet före allt annat", () => {
        expect(hinder(svar)).toBeUndefined();
        expect(hinder({ ...svar, hittad: false, skyddad: true })).toBe(
            "skyddad",
        );
        expect(hinder({ ...svar, hittad: false })).toBe("saknas");
        expect(hinder({ ...svar, bytt: true, avregistrerad: true })).toBe(
            "bytt",
        );
        expect(hinder({ ...svar, avregistrerad: true })).toBe("avregistrerad");
    });
});
