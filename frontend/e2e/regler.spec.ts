import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import { medKodverk, medOkand, utanSlut } from "./kodverk";
import { testnummer } from "./konton";
import { fyllIn, valj } from "./prov";
import { serverord } from "./serverregler";
import {
    efter,
    enVidd,
    expect,
    felen,
    fore,
    grupp,
    iDag,
    markera,
    nyttNummer,
    paSidan,
    sok,
    spara,
    sparaAnda,
    test,
    under15,
    utanFel,
} from "./stod";

/**
 * The rules that the server alone holds a field against, as it refuses them itself: the page is told of a
 * state that has passed. Those that no form can break are in regelord.spec.ts.
 */

const ar = Number(iDag().slice(0, 4));
const skal = "Varför rättas uppgiften?";

test(
    "fore-fodelsen: en inregistrering får inte börja före födelsen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer(ar - 2, 1));
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { startdag: `${ar - 3}-06-01`, ar: "7" });
        await spara(page);
        await felen(page, [
            ["startdag", "Startdag", serverord("deltagande", "fore-fodelsen")],
        ]);
        await expect(page.getByLabel("Startdag")).toHaveValue(
            `${ar - 3}-06-01`,
        );
        await expect(page.locator("#falt-arOffentligForsorjning")).toHaveValue(
            "7",
        );
        await page.getByLabel("Startdag").fill(iDag(-3));
        await page.getByLabel("Startdag").blur();
        await utanFel(page, "startdag");
        await sparaAnda(page); // two years old
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "fore-fodelsen: en rättelse får inte heller det, och skälet får skrivas på flera rader",
    enVidd,
    async ({ inloggad: page, api }, info) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(
            insats.id,
            nyttNummer(info.workerIndex, ar - 3, 1),
        );
        await page.goto(`/insatser/${insats.id}/registrera/ratta-in/${d.id}`);
        await page.getByTestId("inregistrering").waitFor();
        await page.getByLabel("Startdag").fill(`${ar - 4}-06-01`);
        await page.getByLabel(skal).fill("Fel dag\nangiven");
        await spara(page);
        await felen(page, [
            ["startdag", "Startdag", serverord("deltagande", "fore-fodelsen")],
        ]);
        await expect(page.getByLabel(skal)).toHaveValue("Fel dag\nangiven");
        await page.getByLabel("Startdag").fill(iDag(-9));
        await page.getByLabel("Startdag").blur();
        await utanFel(page, "startdag");
        await spara(page);
        await paSidan(page, "Rättelsen är sparad");
        const { data } = await api.anropa<Schema<"VersionLista">>(
            "GET",
            `/v1/deltaganden/${d.id}/versioner`,
        );
        expect(data.map((v) => v.skal)).toContain("Fel dag angiven");
    },
);

/** The page holds the kommun that the person has moved from. */
async function medKommun(
    page: Page,
    samtycke: Schema<"Samtycke">,
): Promise<string> {
    const kommun = samtycke.deltagare?.kommun === "0180" ? "1480" : "0180";
    await page.route(`**/v1/samtycken/${samtycke.id}`, (r) =>
        r.fulfill({
            json: { ...samtycke, deltagare: { ...samtycke.deltagare, kommun } },
        }),
    );
    return kommun === "0180" ? "Södermalm" : "Angered";
}

test(
    "stadsdel-utanfor: stadsdelen ska ligga i den kommun där deltagaren är folkbokförd",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const { id } = await api.samtycke(insats.id, nummer());
        const stadsdel = await medKommun(page, await api.lasSamtycke(id));
        await page.goto(`/insatser/${insats.id}/registrera/in/${id}`);
        await fyllIn(page, { startdag: "2015-03-02" });
        await page.getByLabel("Startdag").blur();
        await page.getByLabel("Stadsdel").selectOption(stadsdel);
        await spara(page);
        await felen(page, [
            [
                "stadsdel",
                "Stadsdel",
                serverord("deltagande", "stadsdel-utanfor"),
            ],
        ]);
        await expect(
            page.getByLabel("Stadsdel").locator("option:checked"),
        ).toHaveText(stadsdel);
        await page.getByLabel("Stadsdel").selectOption("Uppgift saknas");
        await utanFel(page, "stadsdel");
        await sparaAnda(page); // long ago
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "okand-kod och forsorjning-utesluter: inregistreringen när kodverket inte är sidans",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const { id } = await api.samtycke(insats.id, nummer());
        const stadsdel = await medKommun(page, await api.lasSamtycke(id));
        await medKodverk(page, "STADSDEL", (rader) => rader.map(utanSlut));
        await medKodverk(
            page,
            "UTBILDNINGSNIVA",
            medOkand("PROV", "Folkhögskola"),
        );
        await medKodverk(page, "FORSORJNING", (rader) =>
            medOkand(
                "PROV",
                "Nytt stöd",
            )(rader.map((r) => ({ ...r, exklusiv: false }))),
        );
        await page.goto(`/insatser/${insats.id}/registrera/in/${id}`);
        await fyllIn(page, { utbildning: "PROV" });
        await page.getByLabel("Stadsdel").selectOption(stadsdel);
        await valj(page, "falt-fore-forsorjning-PROV");
        await spara(page);
        const okand = (pekare: string): string =>
            serverord("deltagande", "okand-kod", pekare);
        await felen(page, [
            ["stadsdel", "Stadsdel", okand("/stadsdel")],
            [
                "utbildningsniva",
                "Högsta avslutade utbildningsnivå",
                okand("/utbildningsniva"),
            ],
            [
                "fore-forsorjning",
                "Försörjning före",
                okand('element(p+"/forsorjning", i)'),
            ],
        ]);
        await expect(
            grupp(page, fore.forsorjning).getByLabel("Nytt stöd"),
        ).toBeChecked();
        await page.getByLabel("Stadsdel").selectOption("Uppgift saknas");
        await page.selectOption("#falt-utbildningsniva", "GYMNASIUM");
        await valj(page, "falt-fore-forsorjning-PROV");
        await utanFel(page, "stadsdel", "utbildningsniva", "fore-forsorjning");
        await valj(page, "falt-fore-forsorjning-INGEN");
        await spara(page);
        await felen(page, [
            [
                "fore-forsorjning",
                "Försörjning före",
                "Ingen offentlig försörjning kan inte väljas tillsammans med annan försörjning.",
            ],
        ]);
        await valj(page, "falt-fore-forsorjning-INGEN");
        await utanFel(page, "fore-forsorjning");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "okand-kod och efter-utan-matning: utregistreringen när kodverket inte är sidans",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const utanMatning: Record<string, boolean> = {
            FLYTT: false,
            FORTSATT_REHABILITERING: true,
        };
        await medKodverk(page, "AVSLUTSANLEDNING", (rader) =>
            medOkand("PROV", "Ny anledning", { utanMatning: true })(
                rader.map((r) => ({
                    ...r,
                    utanMatning: utanMatning[r.kod] ?? r.utanMatning,
                })),
            ),
        );
        await medKodverk(page, "FORSORJNING", medOkand("PROV", "Nytt stöd"));
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-1));
        const anledning = page.getByLabel("Avslutsanledning");
        const nekas = async (val: string, sagt: string): Promise<void> => {
            await anledning.selectOption(val);
            await utanFel(page, "avslutsanledning");
            await spara(page);
            await felen(page, [["avslutsanledning", "Avslutsanledning", sagt]]);
            await expect(anledning.locator("option:checked")).toHaveText(val);
        };
        await nekas(
            "Ny anledning",
            serverord("deltagande", "okand-kod", "/avslutsanledning"),
        );
        // Whether the situation after is asked follows from the reason: the reason is what to mend.
        await nekas(
            "Fortsatt rehabilitering",
            serverord("deltagande", "obligatoriskt", "/efter"),
        );
        await anledning.selectOption("Flytt");
        await markera(grupp(page, efter.forsorjning), "Nytt stöd");
        for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
            await valj(page, `falt-efter-${fraga}-nej`);
        }
        await nekas("Flytt", serverord("deltagande", "efter-utan-matning"));
        await anledning.selectOption("Avslut enligt plan");
        await spara(page);
        await felen(page, [
            [
                "efter-forsorjning",
                "Försörjning efter",
                serverord(
                    "deltagande",
                    "okand-kod",
                    'element(p+"/forsorjning", i)',
                ),
            ],
        ]);
        await valj(page, "falt-efter-forsorjning-PROV");
        await valj(page, "falt-efter-forsorjning-SA");
        await utanFel(page, "efter-forsorjning");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

/** What the population register said of the number at the search was another thing. */
async function medTraff(page: Page): Promise<void> {
    await page.route("**/v1/deltagare-sokningar", (r) =>
        r.fulfill({
            json: {
                hittad: true,
                skyddad: false,
                avregistrerad: false,
                namn: "Kim Prov",
                kommun: "0380",
                alder: 60,
                deltaganden: [],
            } satisfies Schema<"DeltagareSvar">,
        }),
    );
}

for (const [regel, dag, kvinna] of [
    ["personnummer-okant", 15, true],
    ["personnummer-ersatt", 16, false],
    ["personnummer-avregistrerat", 16, true],
] as const) {
    test(
        `${regel}: folkbokföringen svarar annorlunda när samtycket registreras än vid sökningen`,
        enVidd,
        async ({ inloggad: page, api, nummer }) => {
            const insats = await api.minInsats();
            await medTraff(page);
            await page.goto(`/insatser/${insats.id}/registrera`);
            await sok(
                page,
                testnummer(new Date(Date.UTC(1950, 4, dag)), kvinna),
            );
            await page.getByLabel("Datum för samtycket").fill(iDag(-5));
            await page.getByLabel("Språk").selectOption("Finska");
            await page.getByTestId("registrera-samtycke").click();
            await felen(page, [
                ["personnummer", "Personnummer", serverord("samtycke", regel)],
            ]);
            await expect(page.getByLabel("Datum för samtycket")).toHaveValue(
                iDag(-5),
            );
            await expect(
                page.getByLabel("Språk").locator("option:checked"),
            ).toHaveText("Finska");
            await page.unroute("**/v1/deltagare-sokningar");
            await page.getByLabel(/^Personnummer/).fill(nummer());
            await utanFel(page, "personnummer");
            await page.getByTestId("sok").click();
            await page.getByLabel("Datum för samtycket").fill(iDag(-5));
            await page.getByTestId("registrera-samtycke").click();
            await page.getByTestId("inregistrering").waitFor();
        },
    );
}

test(
    "okand-kod och datum-format: samtycket när kodverket inte är sidans, och en bedömning för länge sedan",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await medKodverk(
            page,
            "BLANKETT",
            medOkand("9999", "9999 Ny blankett"),
        );
        await medKodverk(page, "SPRAK", medOkand("xx", "Nytt språk"));
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer(...under15));
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        await page.getByLabel(/^Blankett/).selectOption("9999");
        await page.getByLabel("Språk").selectOption("Nytt språk");
        const bedomning = page.getByLabel("Datum för mognadsbedömningen");
        await bedomning.fill("1850-01-01");
        await bedomning.blur();
        await markera(
            grupp(page, /^Har även vårdnadshavare samtyckt\?/),
            "Nej",
        );
        const samtyck = page.getByTestId("registrera-samtycke");
        await samtyck.click();
        await felen(page, [
            [
                "mognadsbedomning-datum",
                "Datum för mognadsbedömningen",
                "Skriv en riktig dag som ÅÅÅÅ-MM-DD, år 1900–2100.",
            ],
        ]);
        await bedomning.fill(iDag(-6));
        await bedomning.blur();
        await utanFel(page, "mognadsbedomning-datum");
        await samtyck.click();
        await felen(page, [
            [
                "blankett",
                "Blankett",
                serverord("samtycke", "okand-kod", "/blankett"),
            ],
            ["sprak", "Språk", serverord("samtycke", "okand-kod", "/sprak")],
        ]);
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue(
            iDag(-5),
        );
        await page.getByLabel(/^Blankett/).selectOption("9443");
        await page.getByLabel("Språk").selectOption("Svenska");
        await utanFel(page, "blankett", "sprak");
        await samtyck.click();
        await page.getByTestId("inregistrering").waitFor();
    },
);

test(
    "utanfor-insatsen: året är utanför den tid som insatsen har fått, för anonyma och för en startdag",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const forr = String(Number(insats.startdatum.slice(0, 4)) - 1);
        // The page holds the insats as it was before somebody moved its start.
        await page.route(`**/v1/insatser/${insats.id}`, (r) =>
            r.fulfill({
                json: { ...insats, startdatum: `${forr}-01-01` },
            }),
        );
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await page.getByLabel("Inregistreringsår").selectOption(forr);
        await page.getByLabel("Antal kvinnor").fill("2");
        await page.getByTestId("lagg-till-kvinnor").click();
        await spara(page);
        await felen(page, [
            [
                "inregistreringsar",
                "Inregistreringsår",
                serverord("anonyma", "utanfor-insatsen"),
            ],
        ]);
        await expect(page.getByTestId("tillagda")).toContainText("2 kvinnor");
        // A row keeps the year that it was added with.
        await page.getByLabel("Inregistreringsår").selectOption(String(ar));
        await utanFel(page, "inregistreringsar");
        await expect(page.getByTestId("tillagda")).toContainText(forr);
        await page.getByRole("button", { name: "Ta bort rad 1" }).click();
        await page.getByLabel("Antal kvinnor").fill("2");
        await page.getByTestId("lagg-till-kvinnor").click();
        await spara(page);
        await expect(page.getByTestId("sparat")).toContainText("2 kvinnor");

        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { startdag: `${forr}-12-31` });
        await spara(page);
        await felen(page, [
            [
                "startdag",
                "Startdag",
                serverord("deltagande", "utanfor-insatsen"),
            ],
        ]);
    },
);

test(
    "avslutning-fore-start: startdagen rättades av en annan medan utregistreringen stod öppen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-6));
        await page.getByLabel("Avslutsanledning").selectOption("Flytt");
        await api.rattaIn(d, { startdag: iDag(-4) });
        await spara(page);
        await felen(page, [
            [
                "avslutningsdag",
                "Avslutningsdag",
                serverord("deltagande", "avslutning-fore-start"),
            ],
        ]);
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-6));
        await page.getByLabel("Avslutningsdag").fill(iDag(-2));
        await page.getByLabel("Avslutningsdag").blur();
        await utanFel(page, "avslutningsdag");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "startdag-efter-avslutning: sidan visste inte att deltagandet var avslutat",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const oppet = await api.lasDeltagande(d.id);
        await api.skrivUt(d.id);
        const { version } = await api.lasDeltagande(d.id);
        await page.route(`**/v1/deltaganden/${d.id}`, (r) =>
            r.fulfill({ json: { ...oppet, version } }),
        );
        await page.goto(`/insatser/${insats.id}/registrera/ratta-in/${d.id}`);
        await page.getByLabel("Startdag").fill(iDag(-1));
        await page.getByLabel(skal).fill("Fel dag");
        await spara(page);
        await felen(page, [
            [
                "startdag",
                "Startdag",
                serverord("deltagande", "startdag-efter-avslutning"),
            ],
        ]);
        await expect(page.getByLabel(skal)).toHaveValue("Fel dag");
        await page.getByLabel("Startdag").fill(iDag(-3));
        await page.getByLabel("Startdag").blur();
        await utanFel(page, "startdag");
        await spara(page);
        await paSidan(page, "Rättelsen är sparad");
    },
);

test(
    "personnummer-lopnummer: sökningen av en deltagare, i landet och i insatsen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = "195005050009";
        const sagt = serverord("personnummer", "personnummer-lopnummer");
        await page.goto(`/insatser/${insats.id}/registrera`);
        await page.getByLabel(/^Personnummer/).fill(nr);
        await page.getByTestId("sok").click();
        await felen(page, [["personnummer", "Personnummer", sagt]]);
        await page.getByLabel(/^Personnummer/).fill(nummer());
        await utanFel(page, "personnummer");
        await page.getByTestId("sok").click();
        await expect(page.getByTestId("traff")).toBeVisible();

        await page.goto(`/insatser/${insats.id}`);
        const falt = page.getByLabel("Namn eller personnummer");
        for (const [text, fel] of [
            [nr, sagt],
            [
                "an\u0007ders",
                "Skriv en text på en rad, utan osynliga tecken och utan mellanslag först eller sist.",
            ],
        ] as const) {
            await falt.fill(text);
            await page.getByTestId("sok-deltagande").click();
            await felen(page, [["namn", "Namn eller personnummer", fel]]);
            await expect(falt).toHaveValue(text);
        }
        await falt.fill("qqzz");
        await utanFel(page, "namn");
        await page.getByTestId("sok-deltagande").click();
        await expect(page.getByTestId("antal")).toContainText("Ingen träff");
    },
);

test(
    "personnummer-framtid: den som loggar in med fel dag i datorn",
    enVidd,
    async ({ page }) => {
        const fodd = new Date(Date.UTC(ar + 2, 4, 5));
        await page.clock.setFixedTime(new Date(Date.UTC(ar + 3, 0, 1)));
        await page.goto("/logga-in");
        await page.getByLabel(/^Personnummer/).fill(testnummer(fodd, true));
        await page.getByLabel("Masterlösenord").fill("ett-losenord");
        await page.getByTestId("skicka-kod").click();
        await felen(page, [
            [
                "personnummer",
                "Personnummer",
                serverord("personnummer", "personnummer-framtid"),
            ],
        ]);
        await expect(page.getByLabel("Masterlösenord")).toHaveValue(
            "ett-losenord",
        );
        await page.getByLabel(/^Personnummer/).fill("19770117-2392");
        await utanFel(page, "personnummer");
    },
);
