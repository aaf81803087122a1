import { afterEach, describe, expect, it } from "vitest";
import {
    del,
    felen,
    finns,
    skriv,
    spara,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const put = "PUT /v1/samtycken/…";
const las = "GET /v1/samtycken/…";
const adress = `/samtycken/${v.ider.samtycke}`;

let sida: Sida;
async function oppnaDen(vag: string, svara: Svarare): Promise<void> {
    sida = await oppna(vag, { roll: "DELTAGARANSVARIG", svara });
}
afterEach(() => sida.bort());

describe("samtyckets rättelse", () => {
    it("behöver en dag som har varit och ett skäl", async () => {
        await oppnaDen(`${adress}/ratta`, () => undefined);
        await finns("ratta-samtycke");
        await skriv("/datum", v.dag(1));
        await spara();
        await felen(
            [
                "/datum",
                "Datum för samtycket",
                "Dagen får inte vara efter dagens datum.",
            ],
            [
                "/skal",
                "Varför rättas uppgiften?",
                "Skriv kort varför uppgiften rättas.",
            ],
        );
        expect(sida.fragor.some((f) => f.namn === put)).toBe(false);
    });

    it("visar den som kom efter vad som ändrades, och kan sparas igen", async () => {
        let version = 1;
        await oppnaDen(`${adress}/ratta`, (f) => {
            if (f.namn === las) {
                return { ...v.samtycke, version };
            }
            if (f.namn === put && f.huvuden.get("If-Match") === '"1"') {
                version = 2;
                return nej(412, "foraldrad");
            }
            return undefined;
        });
        await finns("ratta-samtycke");
        await skriv("/datum", v.dag(-10));
        await skriv("/skal", "Fel dag");
        await spara();
        expect(del("problem")?.dataset["regel"]).toBe("foraldrad");
        await finns("utkast-foraldrat");
        expect(varde("/datum")).toBe(v.dag(-10));
        await spara();
        await finns("rattat");
        expect(sida.sant(put)).toMatchObject({ datum: v.dag(-10) });
    });
});

it("ett använt samtycke rättas inte, och leder till sitt deltagande", async () => {
    await oppnaDen(`${adress}/ratta`, (f) =>
        f.namn === las
            ? {
                  ...v.samtycke,
                  status: "ANVANT",
                  deltagandeId: v.ider.deltagande,
              }
            : undefined,
    );
    await finns("hinder");
    expect(del("hinder")?.textContent).toContain("är använt");
    await sida.router.push(adress);
    await finns("anvant");
    expect(del("ratta")).toBeNull();
    expect(del("aterkallelse")).toBeNull();
    expect(del("anvant")?.querySelector("a")?.getAttribute("href")).toBe(
        `/deltaganden/${v.ider.deltagande}`,
    );
    await tills(() => del("anvant"));
});

it("säger vid den som väntar i listan när samtycket tas bort, och bara där", async () => {
    await oppnaDen(`/insatser/${v.ider.insats}/samtycken?status=ALLA`, (f) =>
        f.namn === "GET /v1/insatser/…/samtycken"
            ? lista([
                  { ...v.samtycke, dagarSedanRegistrering: 18 },
                  { ...v.samtycke, id: v.ider.anvant, status: "ANVANT" },
              ])
            : undefined,
    );
    await finns("tas-bort");
    const rader = [...document.querySelectorAll("main tbody tr")].map(
        (r) => r.querySelector("[data-test=tas-bort]")?.textContent ?? "",
    );
    expect(rader).toEqual(["Tas bort om 12 dagar", ""]);
});
