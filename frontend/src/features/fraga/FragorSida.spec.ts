import { afterEach, describe, expect, it } from "vitest";
import { del, finns, spara, tryck } from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

const vag = `/samverkansorganisationer/${v.ider.organisation}/fragor`;

/** The questions in the order that they were given last. */
function ordnade(): Svarare {
    let fragor = [v.fraga, v.skalfraga];
    return (f) => {
        if (f.namn === "PUT /v1/samverkansorganisationer/…/frageordning") {
            const { fragor: ids } = f.kropp as { fragor: string[] };
            fragor = ids.flatMap((id) => fragor.filter((q) => q.id === id));
            return { fragor: ids, version: 4 };
        }
        return f.namn === "GET /v1/samverkansorganisationer/…/fragor"
            ? Response.json(lista(fragor), { headers: { ETag: '"3"' } })
            : undefined;
    };
}

const rader = (): string[] =>
    [...document.querySelectorAll("[data-test=fraga] th")].map(
        (e) => e.textContent.trim().split(/\s/)[0] ?? "",
    );

describe("sidan Kompletterande frågor", () => {
    it("flyttar en fråga från tangentbordet, och säger var den står", async () => {
        sida = await oppna(vag, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: ordnade(),
        });
        await finns("fraga");
        expect(rader()).toEqual(["Stöd", "Framtid"]);
        await tryck("ner");
        await tills(() => rader()[0] === "Framtid");
        expect(del("flyttat")?.textContent).toBe(
            "Frågan Stöd står nu som nummer 2 av 2.",
        );
        const sist = sida.fragor.filter((f) => f.metod === "PUT").at(-1);
        expect(sist?.huvuden.get("If-Match")).toBe('"3"');
        // There is nothing further down: the focus is on the way up.
        await tills(
            () =>
                document.activeElement?.getAttribute("aria-label") ===
                "Flytta upp Stöd",
        );
    });
    it("flyttar en fråga som dras", async () => {
        sida = await oppna(vag, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: ordnade(),
        });
        await finns("fraga");
        const [forst, sist] = document.querySelectorAll("[data-test=fraga]");
        sist?.dispatchEvent(new Event("dragstart"));
        forst?.dispatchEvent(new Event("drop", { cancelable: true }));
        await tills(() => rader()[0] === "Framtid");
    });
    it("säger när någon annan har ändrat frågorna under tiden", async () => {
        const grund = ordnade();
        sida = await oppna(vag, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) =>
                f.metod === "PUT" ? nej(412, "foraldrad") : grund(f),
        });
        await finns("fraga");
        await tryck("ner");
        await finns("problem");
        expect(del("problem")?.dataset["regel"]).toBe("foraldrad");
        expect(rader()).toEqual(["Stöd", "Framtid"]);
    });
    it("ändrar av en besvarad fråga bara när den slutar", async () => {
        sida = await oppna(`${vag}?andra=${v.ider.skalfraga}`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: ordnade(),
        });
        await finns("fragaformular");
        expect(del("besvarad")?.textContent).toContain(v.dag(-3));
        expect(
            [...document.querySelectorAll("input, textarea, select")].map(
                (e) => e.id,
            ),
        ).toEqual(["falt-tillOchMed"]);
    });
    it("säger efteråt vad frågan tycks gälla", async () => {
        sida = await oppna(`${vag}?ny=ja&kopiera=${v.ider.fraga}`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) =>
                f.namn === "POST /v1/samverkansorganisationer/…/fragor"
                    ? {
                          ...v.fraga,
                          varningar: [
                              {
                                  varning: "fraga-om-diagnos",
                                  pekare: "/innehall",
                                  meddelande:
                                      "Frågan ser ut att gälla en diagnos.",
                              },
                          ],
                      }
                    : ordnade()(f),
        });
        await finns("fragaformular");
        await spara();
        await finns("fragebesked");
        expect(del("fragebesked")?.textContent).toContain("gälla en diagnos");
    });
    it("visar frågorna som de ställs i dag", async () => {
        sida = await oppna(vag, { roll: "DELTAGARANSVARIG", svara: ordnade() });
        await finns("fraga");
        expect(del("ny-fraga")).toBeNull();
        expect(del("upp")).toBeNull();
        await tryck("visa-IN");
        await finns("frageformular");
        expect(del("frageformular")?.textContent).toContain(v.fraga.innehall);
        expect(del("frageformular")?.textContent).not.toContain(
            v.skalfraga.innehall,
        );
        await tryck("visa-UT");
        await tills(() =>
            del("frageformular")?.textContent.includes("1 – Liten"),
        );
    });
});
