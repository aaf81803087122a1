import { randomUUID } from "node:crypto";
import type { Schema } from "../src/shared/api/typer";
import { medKodverk, medOkand } from "./kodverk";
import { granska } from "./prov";
import { serverord } from "./serverregler";
import {
    Api,
    eget,
    enVidd,
    expect,
    felen,
    grupp,
    iDag,
    markera,
    paSidan,
    spara,
    test,
    utanFel,
} from "./stod";

/** As regler.spec.ts: the form of an insats, and the choices of a report. */

type Organisation = Schema<"Samverkansorganisation">;

/** A valid organisationsnummer that nobody has. */
function orgnummer(): string {
    const nio = `2190${String(Math.floor(Math.random() * 1e5)).padStart(5, "0")}`;
    let summa = 0;
    for (const [i, c] of Array.from(nio).entries()) {
        const n = Number(c) * (i % 2 === 0 ? 2 : 1);
        summa += Math.floor(n / 10) + (n % 10);
    }
    return `${nio}${(10 - (summa % 10)) % 10}`;
}

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });

    test(
        "inte-medlem: inmatningsorganisationen lämnade förbundet medan formuläret stod öppet",
        enVidd,
        async ({ inloggad: page, api }) => {
            const { organisationId } = await api.minInsats();
            const vag = `/v1/samverkansorganisationer/${organisationId}`;
            const namn = `Provkommun ${eget()}`;
            const medlem = {
                namn,
                organisationsnummer: orgnummer(),
                typ: "KOMMUN",
                medlem: true,
                finansiar: true,
                konsument: false,
            } as const;
            const byt = async (
                nya: (
                    fore: Organisation["ingaendeOrganisationer"],
                ) => Organisation["ingaendeOrganisationer"],
            ): Promise<void> => {
                const { id, lan, version, rader, ...o } =
                    await api.anropa<Organisation>("GET", vag);
                expect([id, lan]).toEqual([organisationId, "03"]);
                expect(rader.length).toBeGreaterThan(0);
                await api.anropa(
                    "PUT",
                    vag,
                    {
                        ...o,
                        ingaendeOrganisationer: nya(o.ingaendeOrganisationer),
                    },
                    version,
                );
            };
            await byt((fore) => [...fore, medlem]);
            const inmatning = page.getByLabel("Inmatningsorganisation");
            try {
                await page.goto("/insatser/ny");
                await page.getByLabel("Insatsnamn").fill(`Prov ${eget()}`);
                await page.getByLabel("Startdatum").fill(iDag(-40));
                await markera(grupp(page, /^Inriktning/), "Individinriktad");
                await page
                    .getByLabel("Preciserad inriktning")
                    .selectOption("Förberedande insats");
                await inmatning.selectOption(medlem.organisationsnummer);
            } finally {
                await byt((fore) => fore.filter((i) => i.namn !== namn));
            }
            await spara(page);
            await felen(page, [
                [
                    "inmatningsorganisation",
                    "Inmatningsorganisation",
                    serverord("insats", "inte-medlem"),
                ],
            ]);
            await expect(page.getByLabel("Startdatum")).toHaveValue(iDag(-40));
            await expect(
                page
                    .getByLabel("Preciserad inriktning")
                    .locator("option:checked"),
            ).toHaveText("Förberedande insats");
            await inmatning.selectOption("Ingen");
            await utanFel(page, "inmatningsorganisation");
            await spara(page);
            await expect(page.getByTestId("andra")).toBeVisible();
        },
    );

    test(
        "fel-inriktning och okand-kod: kodverket är inte sidans",
        enVidd,
        async ({ inloggad: page }) => {
            await medKodverk(page, "PRECISERAD_INRIKTNING", (rader) =>
                medOkand("PROV", "Ny inriktning", {
                    tillhor: "STRUKTUROVERGRIPANDE",
                })(
                    rader.map((r) =>
                        r.kod === "REHABILITERING"
                            ? { ...r, tillhor: "STRUKTUROVERGRIPANDE" }
                            : r,
                    ),
                ),
            );
            await medKodverk(page, "MALGRUPP", medOkand("PROV", "Ny målgrupp"));
            await page.goto("/insatser/ny");
            await page.getByLabel("Insatsnamn").fill(`Prov ${eget()}`);
            await page.getByLabel("Startdatum").fill(iDag(-40));
            await markera(grupp(page, /^Inriktning/), "Strukturövergripande");
            const preciserad = page.getByLabel("Preciserad inriktning");
            await preciserad.selectOption(
                "Rehabilitering mot arbete/utbildning",
            );
            await markera(grupp(page, /^Specifik målgrupp/), "Missbruk");
            await spara(page);
            await felen(page, [
                [
                    "preciseradInriktning",
                    "Preciserad inriktning",
                    serverord("insats", "fel-inriktning"),
                ],
            ]);
            await expect(preciserad).toHaveValue("REHABILITERING");
            await preciserad.selectOption("Ny inriktning");
            await utanFel(page, "preciseradInriktning");
            await markera(grupp(page, /^Specifik målgrupp/), "Ny målgrupp");
            await spara(page);
            await felen(page, [
                [
                    "preciseradInriktning",
                    "Preciserad inriktning",
                    serverord("insats", "okand-kod", "/preciseradInriktning"),
                ],
                [
                    "malgrupper",
                    "Specifik målgrupp",
                    serverord(
                        "insats",
                        "okand-kod",
                        'element("/malgrupper", n)',
                    ),
                ],
            ]);
            await preciserad.selectOption("Konferens/seminarium");
            await page.locator('label[for="falt-malgrupper-PROV"]').click();
            await utanFel(page, "preciseradInriktning", "malgrupper");
            await spara(page);
            await expect(page.getByTestId("andra")).toBeVisible();
            await expect(page.locator("main")).toContainText("Missbruk");
        },
    );

    test(
        "fel-form och datum-format: tecken som inte syns och år som inte finns",
        enVidd,
        async ({ inloggad: page, api }) => {
            const { id } = await api.nyInsats(`Prov ${eget()}`);
            await page.goto(`/insatser/${id}/andra`);
            await page.getByTestId("insatsformular").waitFor();
            // As a text comes from another program.
            await page.getByLabel("Insatsnamn").fill("Prov\u0007");
            await page.getByLabel("Beskrivning").fill("Rad\u000brad");
            await page.getByLabel("Startdatum").fill("1850-01-01");
            await page.getByLabel("Slutdatum").fill("2150-01-01");
            await spara(page);
            const dagform = "Skriv en riktig dag som ÅÅÅÅ-MM-DD, år 1900–2100.";
            await felen(page, [
                [
                    "namn",
                    "Insatsnamn",
                    "Skriv en text på en rad, utan osynliga tecken och utan mellanslag först eller sist.",
                ],
                ["startdatum", "Startdatum", dagform],
                ["slutdatum", "Slutdatum", dagform],
                [
                    "beskrivning",
                    "Beskrivning",
                    "Texten har styrtecken i sig. Ta bort dem; bara tabb och ny rad får användas.",
                ],
            ]);
            for (const [etikett, text] of [
                ["Insatsnamn", "Pro\u200bv"],
                ["Beskrivning", "Rad"],
                ["Startdatum", iDag(-30)],
                ["Slutdatum", ""],
            ] as const) {
                await page.getByLabel(etikett).fill(text);
                await page.getByLabel(etikett).blur();
            }
            await spara(page);
            await felen(page, [
                [
                    "namn",
                    "Insatsnamn",
                    "Texten innehåller tecken som inte syns eller som vänder skrivriktningen. De följer lätt med när text klistras in.",
                ],
            ]);
            const nytt = `Prov ${eget()}`;
            for (const [etikett, text] of [
                ["Insatsnamn", nytt],
                ["Beskrivning", "Rad\nrad"],
                ["Startdatum", iDag(-30)],
                ["Slutdatum", ""],
            ] as const) {
                await page.getByLabel(etikett).fill(text);
                await page.getByLabel(etikett).blur();
            }
            await utanFel(
                page,
                "namn",
                "startdatum",
                "slutdatum",
                "beskrivning",
            );
            await spara(page);
            await paSidan(page, nytt);
        },
    );
});

test.describe("rapportens urval", () => {
    test.use({ roll: "susrapport" });

    test(
        "annat-lan, annat-verksamhetsomrade, annan-samverkansform och annan-organisation sägs vid fältet",
        enVidd,
        async ({ inloggad: page, api, baseURL }) => {
            const insats = await Api.som(
                "deltagaransvarig",
                baseURL ?? "",
            ).minInsats();
            const { data } = await api.anropa<{ data: Organisation[] }>(
                "GET",
                "/v1/samverkansorganisationer?namn=*Norrbotten*",
            );
            const annan = data[0]?.id ?? "";
            const bas = "/rapporter/deltagarrapport/forsorjning?budgetar=2010";
            const urval = page.getByTestId("urval");
            for (const [fraga, regel, falt, namn] of [
                [
                    `insatsId=${insats.id}&lan=25`,
                    "annat-lan",
                    "insatsId",
                    "Insats",
                ],
                [
                    `insatsId=${insats.id}&verksamhetsomrade=NORR`,
                    "annat-verksamhetsomrade",
                    "insatsId",
                    "Insats",
                ],
                [
                    `organisationId=${annan}&samverkansform=TVAPARTSFINSAM`,
                    "annan-samverkansform",
                    "organisationId",
                    "Samverkansorganisation",
                ],
                [
                    `organisationId=${annan}&insatsId=${insats.id}`,
                    "annan-organisation",
                    "insatsId",
                    "Insats",
                ],
            ] as const) {
                await page.goto(`${bas}&${fraga}`);
                await felen(page, [[falt, namn, serverord("rapport", regel)]]);
                await expect(page.getByTestId("rapport")).toHaveCount(0);
            }
            // Asked again as it is, it is refused again.
            await page.getByTestId("visa-rapport").click();
            await felen(page, [
                [
                    "insatsId",
                    "Insats",
                    serverord("rapport", "annan-organisation"),
                ],
            ]);
            await expect(urval.getByLabel("Budgetår")).toHaveValue("2010");
            await urval.getByLabel("Insats").selectOption("");
            await utanFel(page, "insatsId");
            await page.getByTestId("visa-rapport").click();
            await expect(page.getByTestId("rapport")).toBeVisible();
            await expect(page.getByTestId("fellista")).toHaveCount(0);
            // Back to what was refused, and forward again.
            await page.goBack();
            await expect(page.getByTestId("fellista")).toBeVisible();
            await page.goForward();
            await expect(page.getByTestId("rapport")).toBeVisible();
            await expect(page.getByTestId("fellista")).toHaveCount(0);
        },
    );

    test(
        "okand-kod: ett län och ett område som inte finns, och en insats som inte finns",
        enVidd,
        async ({ inloggad: page }) => {
            const bas = "/rapporter/deltagarrapport/forsorjning?budgetar=2010";
            await page.goto(`${bas}&verksamhetsomrade=PROV`);
            await felen(page, [
                [
                    "verksamhetsomrade",
                    "Verksamhetsområde",
                    serverord("rapport", "okand-kod", "/verksamhetsomrade"),
                ],
            ]);
            await page.goto(`${bas}&lan=99`);
            await felen(page, [
                ["lan", "Län", serverord("rapport", "okand-kod", "/lan")],
            ]);
            await granska(page, "Rapporten: ett val som inte finns");
            await page.getByLabel("Län").selectOption("Uppsala län");
            await utanFel(page, "lan");
            await page.getByTestId("visa-rapport").click();
            await expect(page.getByTestId("huvud")).toContainText(
                "Uppsala län",
            );
            await page.goto(`${bas}&insatsId=${randomUUID()}`);
            await felen(page, [["insatsId", "Insats", "Insatsen finns inte."]]);
            await expect(page.getByTestId("problem")).toHaveCount(0);
        },
    );
});

test(
    "datum-format: en lista säger varför den inte kan visas",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}`);
        const lista = page.getByTestId("deltaganden");
        await lista.getByLabel("Startdag från").fill("1850-01-01");
        await lista.getByLabel("Startdag från").blur();
        await expect(lista.getByTestId("problem")).toContainText(
            "Skriv en riktig dag som ÅÅÅÅ-MM-DD, år 1900–2100.",
        );
        await lista.getByLabel("Startdag från").fill("1950-01-01");
        await lista.getByLabel("Startdag från").blur();
        await expect(lista.getByTestId("problem")).toHaveCount(0);
        await expect(lista.locator("tbody tr").first()).toBeVisible();
    },
);
