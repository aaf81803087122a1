import { afterEach, describe, expect, it } from "vitest";
import { ordObligatoriskt } from "@/shared/api/regler.gen";
import { datumform } from "@/shared/datum.logic";
import {
    type Fel,
    av,
    del,
    felen,
    finns,
    harFalt,
    markera,
    paSidan,
    sagtIListan,
    skriv,
    spara,
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

const post = "POST /v1/insatser";
const put = "PUT /v1/insatser/…";

let sida: Sida;
async function oppnaDen(
    vag = "/insatser/ny",
    svara: Svarare = () => undefined,
): Promise<void> {
    sida = await oppna(vag, { roll: "SAMVERKANSADMINISTRATOR", svara });
    await finns("insatsformular");
}
const andra = `/insatser/${v.ider.insats}/andra`;
afterEach(() => sida.bort());

async function fyll(): Promise<void> {
    await skriv("/namn", "Nya spår");
    await skriv("/startdatum", v.dag(-40));
    await markera("/inriktning", "INDIVIDINRIKTAD");
    await valj("/preciseradInriktning", "FORBEREDANDE");
}

const namn = (sagt: string): Fel => ["/namn", "Insatsnamn", sagt];
const start = (sagt: string): Fel => ["/startdatum", "Startdatum", sagt];
const slut = (sagt: string): Fel => ["/slutdatum", "Slutdatum", sagt];
const preciserad = (sagt: string): Fel => [
    "/preciseradInriktning",
    "Preciserad inriktning",
    sagt,
];

describe("insatsens formulär", () => {
    it("säger varje fältfel, och det går bort när det är rättat", async () => {
        await oppnaDen();
        await valj("/organisationId", "");
        await spara();
        await felen(
            [
                "/organisationId",
                "Samverkansorganisation",
                "Välj en samverkansorganisation.",
            ],
            namn(ordObligatoriskt),
            start(ordObligatoriskt),
            ["/inriktning", "Inriktning", "Välj en inriktning."],
            preciserad("Välj en preciserad inriktning."),
            [
                "/deltagarregistrering",
                "Deltagarregistrering",
                "Välj hur deltagare registreras.",
            ],
        );
        await valj("/organisationId", v.ider.organisation);
        await fyll();
        utanFel(
            "/organisationId",
            "/namn",
            "/inriktning",
            "/preciseradInriktning",
        );
        await skriv("/startdatum", "2024-02-30");
        await skriv("/slutdatum", "2024-13-01");
        await spara();
        await felen(start(datumform), slut(datumform));
        await skriv("/startdatum", "2024-03-01");
        await skriv("/slutdatum", "2024-02-01");
        await spara();
        await felen(slut("Slutdatum får inte vara före startdatum."));
        await skriv("/slutdatum", "2024-12-31");
        utanFel("/startdatum", "/slutdatum");
        expect(sida.fragor.some((f) => f.namn === post)).toBe(false);
        await spara();
        await tills(() => sida.sant(post));
    });

    it("tar inte fler tecken än servern, och säger vad som får lämnas tomt", async () => {
        await oppnaDen();
        expect(
            ["namn", "beskrivning", "insatsanordnare"].map((f) =>
                document.querySelector(`#falt-${f}`)?.getAttribute("maxlength"),
            ),
        ).toEqual(["200", "2000", "200"]);
        const frivilliga = [
            ...document.querySelectorAll(
                "form > * > .label, form label, form legend",
            ),
        ]
            .map((e) => e.textContent.trim())
            .filter((t) => t.includes("(frivilligt)"))
            .map((t) => t.replace(/\s*\(frivilligt\).*/s, ""));
        expect([...new Set(frivilliga)]).toEqual([
            "Slutdatum",
            "Beskrivning",
            "Specifik målgrupp",
            "Insatsanordnare",
            "Inmatningsorganisation",
            "Kontaktperson",
            "Kontaktpersonens titel",
            "Kontaktpersonens telefon",
            "Kontaktpersonens e-post",
        ]);
    });

    it("tar inte emot ett personnummer i någon av sina texter", async () => {
        const texter = ["namn", "beskrivning", "insatsanordnare"] as const;
        const fel = texter.map((t) =>
            av("falt", "innehaller-personnummer", undefined, `/${t}`),
        );
        let nekar = true;
        await oppnaDen(andra, (f) =>
            f.namn === put && nekar ? nekade(...fel) : undefined,
        );
        for (const t of texter) {
            await skriv(`/${t}`, `Åt ${v.testnummer}`);
        }
        await spara();
        const [sagt = ""] = fel.map((f) => f.meddelande);
        await felen(
            namn(sagt),
            ["/beskrivning", "Beskrivning", sagt],
            ["/insatsanordnare", "Insatsanordnare", sagt],
        );
        for (const t of texter) {
            await skriv(`/${t}`, "Utan nummer");
            utanFel(`/${t}`);
        }
        nekar = false;
        await spara();
        await tills(() => sida.router.currentRoute.value.name === "insats");
    });

    it("har de koder som servern inte har, tills de är rättade", async () => {
        let svar: unknown = nekade(
            av("insatsrad", "fel-inriktning", "/preciseradInriktning"),
        );
        await oppnaDen("/insatser/ny", (f) => {
            const typ = f.sok.get("kodverk");
            if (typ === "PRECISERAD_INRIKTNING") {
                const tillhor = "STRUKTUROVERGRIPANDE";
                return lista(
                    okand(typ, { tillhor }).map((r) =>
                        r.kod === "REHABILITERING" ? { ...r, tillhor } : r,
                    ),
                );
            }
            return typ === "MALGRUPP"
                ? lista(okand(typ))
                : f.namn === post
                  ? svar
                  : undefined;
        });
        await fyll();
        await markera("/inriktning", "STRUKTUROVERGRIPANDE");
        await valj("/preciseradInriktning", "REHABILITERING");
        await markera("/malgrupper", "MISSBRUK");
        await spara();
        await felen(
            preciserad(
                av("insatsrad", "fel-inriktning", "/preciseradInriktning")
                    .meddelande,
            ),
        );
        expect(varde("/preciseradInriktning")).toBe("REHABILITERING");
        await valj("/preciseradInriktning", "PROV");
        utanFel("/preciseradInriktning");
        await markera("/malgrupper", "PROV");
        const fel = [
            av("insatsrad", "okand-kod", "/preciseradInriktning"),
            av(
                "insatsrad",
                "okand-kod",
                'element("/malgrupper", n)',
                "/malgrupper/1",
            ),
        ] as const;
        svar = nekade(...fel);
        await spara();
        await felen(preciserad(fel[0].meddelande), [
            "/malgrupper",
            "Specifik målgrupp",
            fel[1].meddelande,
        ]);
        await valj("/preciseradInriktning", "KONFERENS");
        await markera("/malgrupper", "PROV");
        utanFel("/preciseradInriktning", "/malgrupper");
        svar = undefined;
        await spara();
        await tills(() => sida.router.currentRoute.value.name === "insats");
        expect(sida.sant(post)).toMatchObject({ malgrupper: ["MISSBRUK"] });
    });

    it("säger att inmatningsorganisationen har lämnat förbundet, och behåller resten", async () => {
        const fel = av("insats", "inte-medlem", "/inmatningsorganisation");
        await oppnaDen("/insatser/ny", (f) =>
            f.namn === post ? nekade(fel) : undefined,
        );
        await fyll();
        await tills(() =>
            document.querySelector(
                "#falt-inmatningsorganisation [value='2120003005']",
            ),
        );
        await valj("/inmatningsorganisation", "2120003005");
        await spara();
        await felen([fel.pekare, "Inmatningsorganisation", fel.meddelande]);
        expect(varde("/startdatum")).toBe(v.dag(-40));
        expect(valt("/preciseradInriktning")).toBe("Förberedande insats");
        await valj("/inmatningsorganisation", "");
        utanFel("/inmatningsorganisation");
    });

    it("säger i en ändring att insatsen inte flyttas, utan länk: där finns inget fält", async () => {
        const flyttad = av("insats", "oforanderlig", "/organisationId");
        await oppnaDen(andra, (f) =>
            f.namn === put ? nekade(flyttad) : undefined,
        );
        await skriv("/beskrivning", "Står kvar.");
        await spara();
        expect(harFalt("/organisationId")).toBe(false);
        expect(del("fellista")?.textContent).toContain(
            sagtIListan("Samverkansorganisation", flyttad.meddelande),
        );
        expect(varde("/beskrivning")).toBe("Står kvar.");
    });

    it("visar den som kom efter vad som hänt, och tar det andra försöket", async () => {
        let version = 1;
        await oppnaDen(andra, (f) => {
            if (f.namn === "GET /v1/insatser/…") {
                return { ...v.insats, version };
            }
            if (f.namn === put && f.huvuden.get("If-Match") === '"1"') {
                version = 2;
                return nej(412, "foraldrad");
            }
            return undefined;
        });
        await skriv("/beskrivning", "Min text.");
        await spara();
        expect(del("problem")?.dataset["regel"]).toBe("foraldrad");
        expect(varde("/beskrivning")).toBe("Min text.");
        await spara();
        await paSidan("Arbetslivsresurs");
        expect(sida.sant(put)).toMatchObject({ beskrivning: "Min text." });
    });

    it("går inte att fylla i utan kodverk eller medlemmar, och det sägs", async () => {
        const borta = new Set([
            "GET /v1/kodverk",
            "GET /v1/samverkansorganisationer/…",
        ]);
        const svara: Svarare = (f) =>
            borta.has(f.namn) ? new Response("", { status: 503 }) : undefined;
        sida = await oppna("/insatser/ny", {
            roll: "SAMVERKANSADMINISTRATOR",
            svara,
        });
        await finns("problem");
        expect(del("insatsformular")).toBeNull();
        borta.delete("GET /v1/kodverk");
        await tryck("forsok-igen");
        await finns("insatsformular");
        await tills(() =>
            document.body.textContent.includes("medlemmar kan inte väljas"),
        );
        borta.clear();
        await tryck("forsok-igen");
        await tills(
            () =>
                document.querySelectorAll("#falt-inmatningsorganisation option")
                    .length > 1,
        );
    });

    it("behåller det ifyllda för en ny och för en ändring, var för sig, och töms till det registrerade", async () => {
        await oppnaDen();
        await fyll();
        await markera("/deltagarregistrering", "ENDAST_ANTAL");
        await markera("/malgrupper", "MISSBRUK");
        await sida.laddaOm();
        await finns("utkast");
        expect(varde("/namn")).toBe("Nya spår");
        expect(valt("/preciseradInriktning")).toBe("Förberedande insats");
        // What was chosen against the inriktning's own is kept as it was chosen.
        expect(
            document.querySelector<HTMLInputElement>(
                "#falt-deltagarregistrering-ENDAST_ANTAL",
            )?.checked,
        ).toBe(true);
        await sida.router.push(andra);
        await tills(() => harFalt("/namn") && varde("/namn") !== "Nya spår");
        expect(varde("/namn")).toBe("Arbetslivsresurs");
        expect(kodverken.MALGRUPP).toHaveLength(2);
    });
});

describe("slutet för en insats", () => {
    it("ses över innan det sparas, med hur många som pågår just då", async () => {
        let oppna = 1;
        await oppnaDen(andra, (f) =>
            f.namn === "GET /v1/insatser/…"
                ? { ...v.insats, antalOppna: oppna }
                : undefined,
        );
        oppna = 3; // somebody was registered meanwhile
        await skriv("/slutdatum", v.dag(30));
        await tryck("spara");
        await finns("kontroll");
        expect(del("varningar")?.textContent).toContain(
            `3 deltaganden pågår i insatsen och ska registreras ut senast ${v.dag(30)}.`,
        );
        expect(del("andringar")?.textContent).toContain("en uppgift");
        expect(sida.sant(put)).toBeUndefined();
        await tryck("spara");
        await tills(() => sida.sant(put));
    });

    it("som inte ändras säger inget om dem", async () => {
        await oppnaDen(andra, (f) =>
            f.namn === "GET /v1/insatser/…"
                ? { ...v.insats, antalOppna: 2, slutdatum: v.dag(30) }
                : undefined,
        );
        await skriv("/namn", "Ett annat namn");
        await tryck("spara");
        await finns("kontroll");
        expect(del("varningar")).toBeNull();
    });
});
