import { afterEach, describe, expect, it } from "vitest";
import { ordAfFkMedverkan, ordObligatoriskt } from "@/shared/api/regler.gen";
import {
    av,
    del,
    felen,
    finns,
    harFalt,
    lagrat,
    markera,
    skriv,
    tryck,
    utanFel,
    valj,
    valt,
    varde,
} from "@/shared/prov/handgrepp";
import { kodverken, okand } from "@/shared/prov/kodverk";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

/** «Sök», and the samtycke of whom was found. */

const adress = `/insatser/${v.ider.insats}/registrera`;
const post = "POST /v1/insatser/…/samtycken";
const sokning = "POST /v1/deltagare-sokningar";
const annatNummer = "199001012385";

let sida: Sida;
async function oppnaDen(svara: Svarare = () => undefined): Promise<void> {
    sida = await oppna(adress, { roll: "DELTAGARANSVARIG", svara });
    await finns("sok");
}
async function sok(nummer = v.testnummer): Promise<void> {
    await skriv("/personnummer", nummer);
    await tryck("sok");
    await finns("traff");
}
const samtyck = (): Promise<void> => tryck("registrera-samtycke");
afterEach(() => sida.bort());

const alder =
    (ar: number): Svarare =>
    (f) =>
        f.namn === sokning ? { ...v.traff, alder: ar } : undefined;

describe("sökningen", () => {
    it("säger vad som är fel med numret, och går sedan att göra", async () => {
        await oppnaDen();
        await tryck("sok");
        await felen(["/personnummer", "Personnummer", "Fyll i personnumret."]);
        await skriv("/personnummer", "19500101-0000");
        await tryck("sok");
        expect(sida.fragor.some((f) => f.namn === sokning)).toBe(false);
        await felen([
            "/personnummer",
            "Personnummer",
            "Kontrollsiffran i personnumret stämmer inte.",
        ]);
        await sok();
        utanFel("/personnummer");
        expect(document.activeElement?.textContent.trim()).toBe(
            "Deltagarinformation",
        );
    });

    it("läser numret som det klistras in, vilka skiljetecken det än har", async () => {
        await oppnaDen();
        const [dag, sista] = [v.testnummer.slice(0, 8), v.testnummer.slice(8)];
        for (const text of [
            `${dag}\u2013${sista}`,
            `${dag}\u2212${sista}`,
            `${dag}\u00a0${sista}`,
            `\u200e${dag}\u200b-${sista}\ufeff`,
            `${dag.slice(0, 4)}-${dag.slice(4, 6)}-${dag.slice(6)} \u2013 ${sista}`,
            Array.from(v.testnummer).join("\u200b"),
        ]) {
            await skriv("/personnummer", text);
            expect(varde("/personnummer")).toBe("770117-2392");
            utanFel("/personnummer");
        }
        await tryck("sok");
        await finns("namn");
    });

    it("säger i Af/FK-samarbetet att ingen registreras som deltagare", async () => {
        await oppnaDen((f) =>
            f.namn === "GET /v1/insatser/…"
                ? {
                      ...v.insats,
                      organisation: {
                          ...v.insats.organisation,
                          samverkansform: "AF_FK_SAMARBETE",
                      },
                  }
                : undefined,
        );
        expect(del("medverkan")?.textContent).toContain(ordAfFkMedverkan);
        await sok();
        expect(del("inget-mattillfalle")).not.toBeNull();
        expect(del("registrera-samtycke")).toBeNull();
    });

    it("säger hur länge man väntar på fler uppslag, och inget som är ifyllt försvinner", async () => {
        const forMangaUppslag = (): Response =>
            nej(429, "uppslag-for-manga", {
                detail: "För många.",
                huvuden: { "Retry-After": "1740" },
            });
        const vanta = "Försök igen om 29 minuter.";
        let nekas = sokning;
        await oppnaDen((f) =>
            f.namn === nekas ? forMangaUppslag() : undefined,
        );
        await skriv("/personnummer", v.testnummer);
        await tryck("sok");
        expect(del("problem")?.textContent).toContain(vanta);
        expect(varde("/personnummer")).not.toBe("");
        nekas = post;
        await sok();
        await finns("registrera-samtycke");
        await skriv("/datum", v.dag(-3));
        await samtyck();
        expect(del("problem")?.textContent).toContain(vanta);
        expect(del("problem")?.textContent).toContain(
            "Det du har fyllt i finns kvar.",
        );
        nekas = sokning;
        await tryck("sok");
        // Searched again meanwhile: who was found stands there, with what is typed.
        expect(document.querySelectorAll("[data-test=problem]")).toHaveLength(
            2,
        );
        expect(varde("/datum")).toBe(v.dag(-3));
        await samtyck();
        await finns("inregistrering");
    });
});

describe("samtyckets fält", () => {
    it("säger vad som är fel med dagen", async () => {
        await oppnaDen();
        await sok();
        await finns("registrera-samtycke");
        for (const [dag, fel] of [
            ["", ordObligatoriskt],
            [v.dag(2), "Dagen får inte vara efter dagens datum."],
            [
                "2026-02-30",
                "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
            ],
            ["1999-05-01", "Dagen får inte vara före 2004-01-01."],
        ] as const) {
            await skriv("/datum", dag);
            await samtyck();
            await felen(["/datum", "Datum för samtycket", fel]);
        }
        await skriv("/datum", v.dag(-1));
        utanFel("/datum");
        expect(sida.fragor.some((f) => f.namn === post)).toBe(false);
    });

    it("har de koder som servern inte har, tills de är rättade", async () => {
        let nekar = true;
        await oppnaDen((f) => {
            const typ = f.sok.get("kodverk");
            if (typ === "BLANKETT" || typ === "SPRAK") {
                return lista(okand(typ));
            }
            return f.namn === post && nekar
                ? nekade(
                      av("samtycke", "okand-kod", "/blankett"),
                      av("samtycke", "okand-kod", "/sprak"),
                  )
                : undefined;
        });
        await sok();
        await finns("registrera-samtycke");
        await skriv("/datum", v.dag(-5));
        await valj("/blankett", "PROV");
        await valj("/sprak", "PROV");
        await samtyck();
        await felen(
            [
                "/blankett",
                "Blankett",
                av("samtycke", "okand-kod", "/blankett").meddelande,
            ],
            [
                "/sprak",
                "Språk",
                av("samtycke", "okand-kod", "/sprak").meddelande,
            ],
        );
        expect(varde("/datum")).toBe(v.dag(-5));
        await valj("/blankett", "9443");
        await valj("/sprak", "sv");
        utanFel("/blankett", "/sprak");
        nekar = false;
        await samtyck();
        await finns("inregistrering");
    });

    it.each(["TVAPARTSFINSAM", "HANDLINGSPLANSSAMVERKAN"])(
        "har i %s blankett 9443",
        async (samverkansform) => {
            await oppnaDen((f) =>
                f.namn === "GET /v1/insatser/…"
                    ? {
                          ...v.insats,
                          organisation: {
                              ...v.insats.organisation,
                              samverkansform,
                          },
                      }
                    : undefined,
            );
            await sok();
            await finns("registrera-samtycke");
            expect(valt("/blankett")).toMatch(/^9443 /);
            await skriv("/datum", v.dag(-6));
            await samtyck();
            await finns("inregistrering");
            expect(sida.sant(post)).toMatchObject({ blankett: "9443" });
        },
    );

    it("frågar den som är under 15 om mognadsbedömningen", async () => {
        await oppnaDen(alder(13));
        await sok();
        await finns("registrera-samtycke");
        expect(del("underarig")?.textContent).toContain(
            "Den unges mognad och samtyckets omfattning avgör",
        );
        await skriv("/datum", v.dag(-5));
        const [dag, vardnad] = [
            "/mognadsbedomning/datum",
            "/mognadsbedomning/vardnadshavare",
        ];
        expect(harFalt(vardnad)).toBe(false);
        for (const [text, fel] of [
            [v.dag(2), "Dagen får inte vara efter dagens datum."],
            [
                "2026-02-30",
                "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
            ],
        ] as const) {
            await skriv(dag, text);
            await samtyck();
            await felen(
                [dag, "Datum för mognadsbedömningen", fel],
                [vardnad, "Vårdnadshavare", "Svara ja eller nej."],
            );
        }
        await skriv(dag, v.dag(-6));
        await markera(vardnad, "ja");
        utanFel(dag, vardnad);
        await samtyck();
        await finns("inregistrering");
        expect(sida.sant(post)).toMatchObject({
            mognadsbedomning: { datum: v.dag(-6), vardnadshavare: true },
        });
    });

    it("hindrar ingen under 15 utan bedömning", async () => {
        await oppnaDen(alder(13));
        await sok();
        await finns("registrera-samtycke");
        await skriv("/datum", v.dag(-5));
        await samtyck();
        await finns("inregistrering");
        expect(sida.sant(post)).not.toHaveProperty("mognadsbedomning");
    });

    it("ger den mellan 15 och 18 råd men ingen bedömning, och den vuxna inget", async () => {
        await oppnaDen(alder(17));
        await sok();
        expect(del("underarig")).not.toBeNull();
        expect(harFalt("/mognadsbedomning/datum")).toBe(false);
        sida.svara(alder(40));
        await sok(annatNummer);
        expect(del("underarig")).toBeNull();
    });

    it("visar vägen till det samtycke som väntar, när ett till inte behövs", async () => {
        await oppnaDen((f) =>
            f.namn === post
                ? nej(409, "samtycke-vantar", {
                      huvuden: { Location: `/v1/samtycken/${v.ider.samtycke}` },
                  })
                : undefined,
        );
        await sok();
        await finns("registrera-samtycke");
        await skriv("/datum", v.dag(-3));
        await samtyck();
        expect(del("problem")?.dataset["regel"]).toBe("samtycke-vantar");
        expect(varde("/datum")).toBe(v.dag(-3));
        expect(del("till-vantande")?.getAttribute("href")).toBe(
            `/samtycken/${v.ider.samtycke}`,
        );
    });

    it.each([
        "personnummer-okant",
        "personnummer-ersatt",
        "personnummer-avregistrerat",
    ] as const)(
        "står kvar när folkbokföringen svarar annorlunda än vid sökningen: %s",
        async (regel) => {
            const fel = av("samtycke", regel, "/personnummer");
            await oppnaDen((f) => (f.namn === post ? nekade(fel) : undefined));
            await sok();
            await finns("registrera-samtycke");
            await skriv("/datum", v.dag(-5));
            await valj("/sprak", "fi");
            await samtyck();
            await felen(["/personnummer", "Personnummer", fel.meddelande]);
            expect(varde("/datum")).toBe(v.dag(-5));
            expect(valt("/sprak")).toBe("Finska");
            sida.svara(() => undefined);
            await skriv("/personnummer", annatNummer);
            utanFel("/personnummer");
        },
    );
});

describe("samtyckets utkast", () => {
    it("är inte en annan persons, och minns varken numret eller mognaden", async () => {
        await oppnaDen(alder(13));
        await sok();
        await finns("registrera-samtycke");
        await skriv("/mognadsbedomning/datum", v.dag(-6));
        await markera("/mognadsbedomning/vardnadshavare", "ja");
        await skriv("/datum", v.dag(-7));
        await valj("/sprak", "fi");
        window.dispatchEvent(new Event("pagehide"));
        expect(lagrat()).toContain(v.dag(-7));
        expect(lagrat()).not.toContain(v.dag(-6));
        expect(lagrat()).not.toContain("vardnadshavare");
        expect(lagrat()).not.toContain(v.testnummer.slice(2));
        await sida.laddaOm();
        await finns("sok");
        await sok();
        await finns("utkast");
        expect(del("utkast")?.textContent).toContain(
            "Kontrollera att det gäller den här personen.",
        );
        expect(varde("/datum")).toBe(v.dag(-7));
        expect(varde("/sprak")).toBe("fi");
        expect(varde("/mognadsbedomning/datum")).toBe("");
        expect(harFalt("/mognadsbedomning/vardnadshavare")).toBe(false);
        await sok(annatNummer);
        await tills(() => harFalt("/datum") && varde("/datum") === "");
    });
});

it("ritar inget samtycke utan kodverk, och hämtar dem igen", async () => {
    let nere = true;
    await oppnaDen((f) =>
        f.namn === "GET /v1/kodverk" && nere
            ? new Response("borta", { status: 503 })
            : undefined,
    );
    await sok();
    await tills(() => del("samtycke")?.querySelector("[data-test=problem]"));
    expect(harFalt("/blankett")).toBe(false);
    nere = false;
    await tryck("forsok-igen");
    await tills(() => harFalt("/blankett"));
    expect(varde("/blankett")).toBe("9443");
    expect(kodverken.BLANKETT).toHaveLength(2); // of which this samverkansform has one
    expect(document.querySelectorAll("#falt-blankett option")).toHaveLength(1);
});
