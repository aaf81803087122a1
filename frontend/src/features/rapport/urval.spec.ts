import { afterEach, describe, expect, it } from "vitest";
import {
    av,
    del,
    felen,
    finns,
    fellista,
    tryck,
    utanFel,
    valj,
    valt,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, lugn, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const vag = "/rapporter/deltagarrapport/forsorjning";
const las = `GET /v1${vag}`;

let sida: Sida;
async function oppnaDen(
    fraga: string,
    svara: Svarare = () => undefined,
): Promise<void> {
    sida = await oppna(`${vag}?${fraga}`, {
        roll: "SUSRAPPORT",
        svara: (f) =>
            svara(f) ??
            (f.namn === las
                ? v.rapport
                : f.namn === "GET /v1/rapporter"
                  ? v.katalog
                  : undefined),
    });
    await finns("urval");
}
afterEach(() => sida.bort());

const insats = ["/insatsId", "Insats"] as const;

describe("rapportens urval", () => {
    it("säger vid fältet vad som inte går ihop, och visar ingen rapport", async () => {
        const fel = av("urval", "annan-organisation", "/insatsId");
        await oppnaDen(
            `budgetar=2010&organisationId=${v.ider.organisation}&insatsId=${v.ider.insats}`,
            (f) =>
                f.namn === las && f.sok.has("insatsId")
                    ? nekade({ ...fel, pekare: "insatsId" })
                    : undefined,
        );
        await felen([...insats, fel.meddelande]);
        expect(del("rapport")).toBeNull();
        expect(del("problem")).toBeNull();
        // Asked again as it is, it is refused again.
        const fore = sida.fragor.length;
        await tryck("visa-rapport");
        await tills(() => sida.fragor.slice(fore).some((f) => f.namn === las));
        await felen([...insats, fel.meddelande]);
        expect(varde("/budgetar")).toBe("2010");
        await valj("/insatsId", "");
        utanFel("/insatsId");
        expect(del("urval-andrat"), "ingen rapport visas").toBeNull();
        await tryck("visa-rapport");
        await finns("rapport");
        expect(fellista()).toEqual([]);
        // Back to what was refused, and forward again.
        sida.router.back();
        await finns("fellista");
        sida.router.forward();
        await finns("rapport");
        await tills(() => del("fellista") === null);
    });

    it("säger det om ett val som bara adressen har, och låter det bytas", async () => {
        const fel = av("urval", "okand-kod", "/lan");
        await oppnaDen("budgetar=2010&lan=99", (f) =>
            f.namn === las && f.sok.get("lan") === "99"
                ? nekade({ ...fel, pekare: "lan" })
                : undefined,
        );
        await felen(["/lan", "Län", fel.meddelande]);
        await valj("/lan", "03");
        utanFel("/lan");
        await tryck("visa-rapport");
        await finns("rapport");
        expect(
            sida.fragor.findLast((f) => f.namn === las)?.sok.get("lan"),
        ).toBe("03");
    });

    it("säger att rapporten är av det förra urvalet när det ändras, och ger då inga filer", async () => {
        await oppnaDen("budgetar=2010");
        await finns("rapport");
        expect(del("urval-andrat")).toBeNull();
        await valj("/lan", "03");
        expect(del("urval-andrat")?.textContent).toContain("Visa rapporten");
        expect(del("skriv-ut")).toBeNull();
        await valj("/lan", "");
        expect(del("urval-andrat")).toBeNull();
        await valj("/lan", "03");
        await tryck("visa-rapport");
        await finns("skriv-ut");
        expect(del("urval-andrat")).toBeNull();
    });

    it("visar vilken insats och organisation adressen har valt", async () => {
        await oppnaDen(
            `budgetar=2010&organisationId=${v.ider.organisation}&insatsId=${v.ider.insats}`,
        );
        await tills(() => valt("/insatsId") === v.insats.namn);
        expect(valt("/organisationId")).toBe(v.organisation.namn);
    });

    it("har hela listan av insatser, också när den är längre än hundra", async () => {
        await oppnaDen("budgetar=2010", (f) => {
            if (f.namn !== "GET /v1/insatser") {
                return undefined;
            }
            const limit = Number(f.sok.get("limit"));
            const offset = Number(f.sok.get("offset"));
            const data = Array.from(
                { length: Math.min(limit, Math.max(0, 150 - offset)) },
                (_, n) => ({ ...v.insats, id: `i${offset + n}` }),
            );
            return { data, _meta: { totalRecords: 150 }, _links: {} };
        });
        await tills(
            () =>
                document.querySelectorAll("#falt-insatsId option").length ===
                151,
        );
    });

    it("säger att länen inte kom, och hämtar dem igen", async () => {
        let nere = true;
        await oppnaDen("budgetar=2010", (f) =>
            nere && f.namn === "GET /v1/kommuner"
                ? new Response("", { status: 503 })
                : undefined,
        );
        await tills(() =>
            document.body.textContent.includes("Alla val går inte att visa."),
        );
        nere = false;
        await tryck("forsok-igen");
        await lugn();
        await tills(
            () => document.querySelectorAll("#falt-lan option").length > 1,
        );
    });
});
