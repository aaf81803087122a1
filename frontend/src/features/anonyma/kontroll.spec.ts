import { afterEach, describe, expect, it } from "vitest";
import { natfel } from "@/shared/api/problem";
import {
    arProv,
    id,
    insats,
    lista,
    rader,
    sant as santAv,
} from "@/shared/prov/kontroll";
import {
    type Anrop,
    type Monterad,
    type Server,
    del,
    idag,
    montera,
    skriv,
    tryck,
} from "@/shared/prov/montera";
import { glomBesked } from "@/shared/ui/besked";
import AnonymaSida from "./AnonymaSida.vue";

let sida: Monterad | undefined;

async function oppnaAnonyma(svara: Server): Promise<void> {
    sida = await montera(AnonymaSida, {
        vag: `/insatser/${id}/anonyma`,
        rutt: "/insatser/:insatsId/anonyma",
        roll: "DELTAGARANSVARIG",
        server: (a) =>
            a.metod !== "GET"
                ? svara(a)
                : a.vag === "/insatser/{insatsId}"
                  ? insats
                  : lista([]),
    });
}

const sant = (): string[] => santAv(sida?.anrop);

afterEach(() => {
    sida?.bort();
    sida = undefined;
    glomBesked();
    localStorage.clear();
});

describe("det som är ovanligt bland anonyma", () => {
    const lange = (a: Anrop): object[] => {
        const ar = (a.body as { inregistreringsar: number }).inregistreringsar;
        return ar < 2021
            ? [
                  {
                      varning: "lange-sedan",
                      pekare: "/inregistreringsar",
                      meddelande: "Det är länge sedan.",
                  },
              ]
            : [];
    };
    const svara: Server = (a) =>
        arProv(a)
            ? { varningar: lange(a) }
            : { id, ...(a.body as object), varningar: lange(a) };

    async function laggTill(ar: string, antal: string): Promise<void> {
        const val = document.querySelector<HTMLSelectElement>(
            "#falt-inregistreringsar",
        );
        if (val) {
            val.value = ar;
            val.dispatchEvent(new Event("change", { bubbles: true }));
        }
        await skriv("antalKvinnor", antal);
        await tryck("lagg-till-kvinnor");
    }

    it("läses om alla åren, och nästa registrering prövas för sig", async () => {
        await oppnaAnonyma(svara);
        await tryck("spara");
        expect(sant(), "inget att spara frågar inget").toEqual([]);
        for (const ar of ["2019", "2018", idag.slice(0, 4)]) {
            await laggTill(ar, "2");
        }
        await tryck("spara");
        expect(rader()).toEqual([
            `${idag.slice(0, 4)}: 2 kvinnor och 0 män`,
            "2019: 2 kvinnor och 0 män",
            "2018: 2 kvinnor och 0 män",
        ]);
        expect(sant()).toEqual(["prov", "prov", "prov"]);
        expect(
            [...(del("varningar")?.querySelectorAll("li") ?? [])].map((li) =>
                li.textContent.replace(/\s*Ändra$/, "").trim(),
            ),
        ).toEqual(["2019: Det är länge sedan.", "2018: Det är länge sedan."]);
        await tryck("spara");
        expect(sant().slice(3)).toEqual(["spara", "spara", "spara"]);
        expect(del("sparat")).not.toBeNull();
        expect(del("ovanligt"), "det som frågats om sägs inte igen").toBeNull();

        await laggTill("2019", "2");
        await tryck("spara");
        expect(del("varningar")).not.toBeNull();
        expect(sant()).toHaveLength(7);
    });

    it("sägs efteråt när det inte gick att fråga", async () => {
        await oppnaAnonyma((a) => {
            if (arProv(a)) {
                throw natfel();
            }
            return svara(a);
        });
        await laggTill("2019", "2");
        await tryck("spara");
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(del("ovanligt")?.textContent).toContain(
            "2019: Det är länge sedan.",
        );
    });

    it("frågas om för sig: det höga antalet när det läggs till, inget mer när det sparas", async () => {
        await oppnaAnonyma(svara);
        await laggTill(idag.slice(0, 4), "22");
        expect(del("fraga")).not.toBeNull();
        await tryck("fraga-ja");
        await tryck("spara");
        expect(del("varningar")).toBeNull();
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
    });
});
