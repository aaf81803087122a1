import { describe, expect, it } from "vitest";
import { alternativen, granska, platser } from "@/shared/formular/tabell";
import * as v from "@/shared/prov/varlden";
import { svarIOrd, svarstabell, tommaSvar } from "./svar.logic";

const c = { idag: v.idag };
const heltal = {
    ...v.fraga,
    id: "tal",
    svarstyp: "HELTAL" as const,
    minst: 5,
    hogst: 10,
};
const flera = { ...v.fraga, id: "flera", svarstyp: "FLERVAL" as const };
const fragor = [v.fraga, v.skalfraga, heltal, flera];

describe("frågorna som formulär", () => {
    it("har ett fält för varje fråga, i ordning, och inget är obligatoriskt", () => {
        const svar = tommaSvar(fragor);
        const tabell = svarstabell(fragor);
        expect(platser(tabell, svar, c).map((p) => p.falt.slag)).toEqual([
            "val",
            "val",
            "heltal",
            "flerval",
        ]);
        expect(granska(tabell, svar, c)).toEqual([]);
        expect(svar["flera"]).toEqual([]);
    });
    it("har frågans alternativ, och skalans steg med orden i ändarna", () => {
        const [ett, skala] = platser(svarstabell(fragor), tommaSvar(fragor), c);
        expect(ett && alternativen(ett, c).map((a) => a.text)).toEqual([
            "Samtal",
            "Praktik",
            "Inget svar",
        ]);
        expect(skala && alternativen(skala, c).map((a) => a.text)).toEqual([
            "1 – Liten",
            "2",
            "3",
            "4",
            "5 – Stor",
            "Inget svar",
        ]);
    });
    it("säger när ett tal är utanför sina gränser", () => {
        expect(
            granska(svarstabell([heltal]), { tal: "11" }, c).map(
                (f) => f.meddelande,
            ),
        ).toEqual(["Svaret ska vara ett heltal från 5 till 10."]);
    });
    it("läser upp det som är registrerat, också en kod som inte finns kvar", () => {
        const id = { fragaId: "x" };
        expect(svarIOrd(flera, { ...id, koder: ["1", "2"] })).toBe(
            "Samtal, Praktik",
        );
        expect(svarIOrd(v.fraga, { ...id, koder: ["9"] })).toBe("9");
        expect(svarIOrd(v.skalfraga, { ...id, tal: 5 })).toBe("5 – Stor");
        expect(svarIOrd(heltal, { ...id, tal: 7 })).toBe("7");
    });
});
