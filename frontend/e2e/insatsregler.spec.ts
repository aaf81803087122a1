import type { Schema } from "../src/shared/api/typer";
import { serverord } from "./serverregler";
import {
    Api,
    eget,
    enVidd,
    expect,
    felen,
    iDag,
    paSidan,
    spara,
    test,
    utanFel,
} from "./stod";

/** As regler.spec.ts: the form of an insats, and the choices of a report. */

type Organisation = Schema<"Samverkansorganisation">;

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });

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
                await felen(page, [[falt, namn, serverord("urval", regel)]]);
                await expect(page.getByTestId("rapport")).toHaveCount(0);
            }
            // Asked again as it is, it is refused again.
            await page.getByTestId("visa-rapport").click();
            await felen(page, [
                [
                    "insatsId",
                    "Insats",
                    serverord("urval", "annan-organisation"),
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
});
