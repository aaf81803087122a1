import type { Page } from "@playwright/test";
import { type Rollnamn } from "./konton";
import { fyllIn, som } from "./prov";
import {
    Api,
    efter,
    eget,
    enVidd,
    expect,
    faltfelet,
    felen,
    grupp,
    iDag,
    lagrat,
    markera,
    paSidan,
    sok,
    spara,
    test,
    tom,
    aterkallaDet,
    paborjat,
    tillbakaOchOm,
} from "./stod";

/** How a draft lives and dies, for each form. Back, reload and a second tab for the in-registration: utkast.spec.ts. */

const ar = "Hur länge har deltagaren varit i behov";
const skal = "Varför rättas uppgiften?";

/** Lets every draft have been written so long ago. */
async function aldra(page: Page, timmar: number): Promise<void> {
    await page.evaluate((ms) => {
        for (const k of Object.keys(localStorage)) {
            if (k.startsWith("sus-utkast:")) {
                const post = JSON.parse(localStorage.getItem(k) ?? "{}") as {
                    sparad: number;
                };
                post.sparad -= ms;
                localStorage.setItem(k, JSON.stringify(post));
            }
        }
    }, timmar * 3_600_000);
}

test(
    "utregistreringens utkast överlever Bakåt och omladdning, och Startsidan leder dit",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("utregistrera").click();
        await page.getByLabel("Avslutningsdag").fill(iDag(-2));
        await page
            .getByLabel("Avslutsanledning")
            .selectOption("Fortsatt rehabilitering");
        await markera(grupp(page, efter.forsorjning), "Aktivitetsstöd");
        await markera(grupp(page, efter.studerar), "Ja");
        await page.getByLabel("procent deltagaren studerar").fill("40");
        const starKvar = async (): Promise<void> => {
            await expect(page.getByLabel("Avslutningsdag")).toHaveValue(
                iDag(-2),
            );
            await expect(
                page.getByLabel("Avslutsanledning").locator("option:checked"),
            ).toHaveText("Fortsatt rehabilitering");
            await expect(
                grupp(page, efter.forsorjning).getByLabel("Aktivitetsstöd"),
            ).toBeChecked();
            await expect(
                page.getByLabel("procent deltagaren studerar"),
            ).toHaveValue("40");
        };
        await tillbakaOchOm(page, starKvar);
        await page.goto("/");
        await paborjat(page, "Utregistrering").click();
        await starKvar();
        await markera(grupp(page, efter.arbetssokande), "Nej");
        await markera(grupp(page, efter.arbetar), "Nej");
        await spara(page);
        await paSidan(page, "Utregistreringen är sparad");
        expect(await lagrat(page)).not.toContain("sus-utkast");
    },
);

test(
    "rättelsernas utkast överlever, och «Töm formuläret» ger det registrerade tillbaka",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await api.skrivUt(d.id);

        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("ratta-in").click();
        await expect(page.getByLabel(ar)).toHaveValue("3");
        await page.getByLabel(ar).fill("7");
        await page.getByLabel(skal).fill("Fel antal år");
        await tillbakaOchOm(page, async () => {
            await expect(page.getByLabel(ar)).toHaveValue("7");
            await expect(page.getByLabel(skal)).toHaveValue("Fel antal år");
        });

        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("ratta-ut").click();
        // The two of the same deltagande do not mix.
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-2));
        await expect(page.getByLabel(skal)).toHaveValue("");
        await expect(page.getByTestId("utkast")).toHaveCount(0);
        await page.getByLabel("Avslutningsdag").fill(iDag(-4));
        await page.getByLabel(skal).fill("Fel dag");
        await tillbakaOchOm(page, async () => {
            await expect(page.getByLabel("Avslutningsdag")).toHaveValue(
                iDag(-4),
            );
            await expect(page.getByLabel(skal)).toHaveValue("Fel dag");
        });

        await page.goto("/");
        await expect(
            page.getByTestId("paborjat").getByRole("link"),
        ).toHaveCount(2);
        await paborjat(page, "Rättelse av inregistrering").click();
        await expect(page.getByLabel(ar)).toHaveValue("7");
        await tom(page);
        await expect(page.getByLabel(ar)).toHaveValue("3");
        await expect(page.getByLabel(skal)).toHaveValue("");
        await page.goto("/");
        await expect(
            page.getByTestId("paborjat").getByRole("link"),
        ).toHaveCount(1);
        // «Avbryt» keeps it; to want none of it is another choice.
        await paborjat(page, "Rättelse av utregistrering").click();
        await page.getByTestId("avbryt").click();
        await expect(page).toHaveURL(new RegExp(`/deltaganden/${d.id}$`));
        await expect(page.getByTestId("besked")).toContainText(
            "Dina uppgifter finns kvar. Fortsätt senare från startsidan.",
        );
        await page.goto("/");
        await paborjat(page, "Rättelse av utregistrering").click();
        await expect(page.getByLabel(skal)).toHaveValue("Fel dag");
        await page.getByTestId("kasta").click();
        await page.getByTestId("kasta-ja").click();
        await expect(page).toHaveURL(new RegExp(`/deltaganden/${d.id}$`));
        expect(await lagrat(page)).not.toContain("sus-utkast");
    },
);

test(
    "ett utkast skriver inte över det en annan har rättat under tiden utan att varna",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const adress = `/insatser/${insats.id}/registrera/ratta-in/${d.id}`;
        const foraldrat = page.getByTestId("utkast-foraldrat");
        await page.goto(adress);
        await page.getByLabel(skal).fill("Fel antal år");
        await expect.poll(() => lagrat(page)).toContain("Fel antal år");
        await page.goto("/");
        await api.rattaIn(d, { arOffentligForsorjning: 9 });

        await page.goto(adress);
        await expect(foraldrat).toContainText(
            "Uppgifterna har ändrats av någon annan sedan du började. Kontrollera dem, eller töm formuläret och börja om.",
        );
        await expect(page.getByTestId("utkast")).toHaveCount(0);
        await expect(page.getByLabel(ar)).toHaveValue("3");
        await page.reload();
        await expect(foraldrat).toBeVisible();
        await tom(page);
        await expect(page.getByLabel(ar)).toHaveValue("9");
        await expect(page.getByLabel(skal)).toHaveValue("");
        await expect(foraldrat).toHaveCount(0);

        // What is begun now is begun from what stands now.
        await page.getByLabel(skal).fill("Fel startdag");
        await page.getByLabel("Startdag").fill(iDag(-12));
        await spara(page);
        await paSidan(page, "Rättelsen är sparad");
        const nu = await api.lasDeltagande(d.id);
        expect(nu.inregistrering.arOffentligForsorjning).toBe(9);
    },
);

test(
    "rättad utregistrering och ändrad insats varnar likadant",
    enVidd,
    async ({ page, baseURL, nummer }, info) => {
        const foraldrat = page.getByTestId("utkast-foraldrat");
        await som(page, "deltagaransvarig", info);
        const api = Api.som("deltagaransvarig", baseURL ?? "");
        const iOrdning = await api.deltagande(
            (await api.minInsats()).id,
            nummer(),
        );
        const d = await api.skrivUt(iOrdning.id);
        const ut = `/insatser/${d.insatsId}/registrera/ratta-ut/${d.id}`;
        await page.goto(ut);
        await page.getByLabel(skal).fill("Fel dag");
        await expect.poll(() => lagrat(page)).toContain("Fel dag");
        await page.goto("/");
        await api.anropa(
            "PUT",
            `/v1/deltaganden/${d.id}/utregistrering`,
            {
                avslutningsdag: iDag(-3),
                avslutsanledning: "FLYTT",
                skal: "Fel dag",
            },
            d.version,
        );
        await page.goto(ut);
        await expect(foraldrat).toBeVisible();
        await tom(page);
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-3));

        await page.context().clearCookies();
        await som(page, "samverkansadministrator", info);
        const adm = Api.som("samverkansadministrator", baseURL ?? "");
        const insats = await adm.nyInsats(`Ändras under tiden ${eget()}`);
        await page.goto(`/insatser/${insats.id}/andra`);
        await page.getByLabel("Beskrivning").fill("Min text.");
        await expect.poll(() => lagrat(page)).toContain("Min text.");
        await page.goto("/");
        await adm.anropa(
            "PUT",
            `/v1/insatser/${insats.id}`,
            {
                organisationId: insats.organisationId,
                namn: insats.namn,
                startdatum: insats.startdatum,
                beskrivning: "Den andras text.",
                inriktning: insats.inriktning,
                preciseradInriktning: insats.preciseradInriktning,
                deltagarregistrering: insats.deltagarregistrering,
                malgrupper: [],
            },
            insats.version,
        );
        await page.goto(`/insatser/${insats.id}/andra`);
        await expect(foraldrat).toBeVisible();
        await expect(page.getByLabel("Beskrivning")).toHaveValue("Min text.");
        await tom(page);
        await expect(page.getByLabel("Beskrivning")).toHaveValue(
            "Den andras text.",
        );
    },
);

test(
    "samtyckets och de anonymas utkast överlever, och följer inte med till en annan person",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        await page.goto(`/insatser/${insats.id}`);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nr);
        await page.getByLabel("Datum för samtycket").fill(iDag(-7));
        await page.getByLabel("Datum för samtycket").blur();
        await page.getByLabel("Språk").selectOption("Arabiska");
        await expect.poll(() => lagrat(page)).toContain("samtycke");
        await page.reload();
        // The number is typed again: it is never kept.
        await expect(page.getByLabel(/^Personnummer/)).toHaveValue("");
        expect(await lagrat(page)).not.toContain(nr.slice(2));
        await sok(page, nr);
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue(
            iDag(-7),
        );
        await expect(page.getByLabel("Språk")).toHaveValue("ar");
        await sok(page, nummer());
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue("");

        await page.goto(`/insatser/${insats.id}/anonyma`);
        await page.getByLabel("Antal kvinnor").fill("4");
        await page.getByTestId("lagg-till-kvinnor").click();
        await page.getByLabel("Antal män").fill("3");
        await page.getByLabel("Antal män").blur();
        await tillbakaOchOm(page, async () => {
            await expect(page.getByTestId("tillagda")).toContainText(
                "4 kvinnor",
            );
            await expect(page.getByLabel("Antal män")).toHaveValue("3");
        });
        await page.goto("/");
        await paborjat(page, "Anonyma deltagare").click();
        await expect(page.getByTestId("tillagda")).toContainText("4 kvinnor");
    },
);

test(
    "efter en omladdning säger samtycket att det kan gälla en annan, och minns inget om mognad",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const bedomning = page.getByLabel("Datum för mognadsbedömningen");
        const vardnadshavare = grupp(page, /^Har även vårdnadshavare/);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer(2013, 6));
        await bedomning.fill(iDag(-6));
        await bedomning.blur();
        await markera(vardnadshavare, "Ja");
        await page.getByLabel("Datum för samtycket").fill(iDag(-7));
        await page.getByLabel("Datum för samtycket").blur();
        await expect.poll(() => lagrat(page)).toContain(iDag(-7));
        expect(await lagrat(page)).not.toContain(iDag(-6));
        expect(await lagrat(page)).not.toContain("vardnadshavare");

        await page.reload();
        await sok(page, nummer(2013, 6));
        const notis = page.getByTestId("utkast");
        await expect(notis).toContainText(
            "Det här fylldes i före omladdningen. Kontrollera att det gäller den här personen.",
        );
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue(
            iDag(-7),
        );
        await expect(bedomning).toHaveValue("");
        await expect(vardnadshavare).toHaveCount(0);
        await tom(page);
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue("");
        await expect(notis).toHaveCount(0);
    },
);

test(
    "ett fel i ett datum sägs med samma ord när fältet lämnas som när formuläret sänds",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer());
        const datum = page.getByLabel("Datum för samtycket");
        const sand = page.getByTestId("registrera-samtycke");
        for (const [dag, fel, vidFaltet] of [
            [
                "2026-02-30",
                "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
                true,
            ],
            [iDag(2), "Dagen får inte vara efter dagens datum.", false],
            ["1999-05-01", "Dagen får inte vara före 2004-01-01.", false],
        ] as const) {
            await datum.fill(dag);
            await datum.blur();
            await expect(faltfelet(page, "datum")).toHaveText(
                vidFaltet ? [fel] : [],
            );
            await sand.click();
            await felen(page, [["datum", "Datum för samtycket", fel]]);
        }
        // The calendar ends today all the same.
        await datum.fill(iDag(0));
        await datum.blur();
        await expect(faltfelet(page, "datum")).toHaveCount(0);
        await page.getByTestId("calendar-button").click();
        await expect(
            page.getByRole("button", { name: /nästa månad/i }),
        ).toBeDisabled();
    },
);

test(
    "två personers utkast blandas inte",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const bas = `/insatser/${insats.id}/registrera/in`;
        const forsta = await api.samtycke(insats.id, nummer());
        const andra = await api.samtycke(insats.id, nummer());
        await page.goto(`${bas}/${forsta.id}`);
        await page.getByLabel(ar).fill("4");
        await page.getByLabel(ar).blur();
        await page.goto(`${bas}/${andra.id}`);
        await expect(page.getByTestId("deltagarinformation")).toContainText(
            await api.namn(andra.id),
        );
        await expect(page.getByLabel(ar)).toHaveValue("");
        await expect(page.getByTestId("utkast")).toHaveCount(0);
        await page.getByLabel(ar).fill("9");
        await page.getByLabel(ar).blur();
        await page.goto("/");
        await expect(paborjat(page, "Inregistrering")).toHaveCount(2);
        await page.goto(`${bas}/${forsta.id}`);
        await expect(page.getByLabel(ar)).toHaveValue("4");
        // What is saved goes; the other's stays.
        await fyllIn(page, { ar: "4" });
        await spara(page);
        await paSidan(page, "Inregistreringen är sparad");
        const kvar = await lagrat(page);
        expect(kvar).not.toContain(forsta.id);
        expect(kvar).toContain(andra.id);
    },
);

test(
    "efter tolv timmar är utkastet borta, men inte dessförinnan",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const adress = `/insatser/${insats.id}/registrera/in/${s.id}`;
        const skriv = async (): Promise<void> => {
            await page.goto(adress);
            await page.getByLabel(ar).fill("6");
            await page.getByLabel(ar).blur();
            await expect.poll(() => lagrat(page)).toContain(s.id);
        };
        await skriv();
        await page.goto("/");
        await aldra(page, 11.9);
        await page.reload();
        await paborjat(page, "Inregistrering").click();
        await expect(page.getByLabel(ar)).toHaveValue("6");

        await page.goto("/");
        await aldra(page, 0.2);
        // Within SUS, without loading anything anew.
        await page
            .getByRole("link", { name: "Tillgänglighetsredogörelse" })
            .click();
        await page.getByRole("link", { name: "SUS", exact: true }).click();
        await paSidan(page, "Välkommen till SUS");
        await expect(page.getByTestId("paborjat")).toHaveCount(0);
        await page.reload();
        await paSidan(page, "Välkommen till SUS");
        await expect(page.getByTestId("paborjat")).toHaveCount(0);
        expect(await lagrat(page)).not.toContain(s.id);

        await skriv();
        // Out of the form first: a page that goes away writes what stands in it.
        await page.goto("/tillganglighet");
        await aldra(page, 12);
        await page.goto(adress);
        await expect(page.getByLabel(ar)).toHaveValue("");
        await expect(page.getByTestId("utkast")).toHaveCount(0);
        expect(await lagrat(page)).not.toContain(s.id);
    },
);

test(
    "med samtycket går utkastet, när det återkallas i samma webbläsare",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const annat = await api.deltagande(insats.id, nummer());
        for (const ett of [d, annat]) {
            await page.goto(`/insatser/${insats.id}/registrera/ut/${ett.id}`);
            await page.getByLabel("Avslutsanledning").selectOption("Flytt");
            await expect.poll(() => lagrat(page)).toContain(ett.samtyckeId);
        }
        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("aterkalla").click();
        await aterkallaDet(page);
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        const kvar = await lagrat(page);
        expect(kvar).not.toContain(d.samtyckeId);
        expect(kvar).toContain(annat.samtyckeId);
    },
);

test(
    "med samtycket går utkastet vid nästa öppning, när någon annan återkallade det",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await page.getByLabel(ar).fill("6");
        await page.getByLabel(ar).blur();
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutsanledning").selectOption("Flytt");
        await expect.poll(() => lagrat(page)).toContain(d.samtyckeId);
        await api.aterkalla(s.id);
        await api.aterkalla(d.samtyckeId);

        await page.goto("/");
        await paborjat(page, "Inregistrering").click();
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        expect(await lagrat(page)).not.toContain(s.id);

        // Seen already on its own page: what the browser knows is enough.
        await page.goto(`/deltaganden/${d.id}`);
        await expect(page.getByTestId("borttagen")).toBeVisible();
        await page.getByRole("link", { name: "SUS", exact: true }).click();
        await paborjat(page, "Utregistrering").click();
        await expect(page.getByTestId("hinder")).toBeVisible();
        expect(await lagrat(page)).not.toContain(d.samtyckeId);
        await page.getByRole("link", { name: "SUS", exact: true }).click();
        await paSidan(page, "Välkommen till SUS");
        await expect(page.getByTestId("paborjat")).toHaveCount(0);
    },
);

test(
    "en annans utkast i samma webbläsare visas inte",
    enVidd,
    async ({ page, baseURL, nummer }, info) => {
        const byt = async (roll: Rollnamn): Promise<void> => {
            await page.context().clearCookies();
            await som(page, roll, info);
        };
        const insats = await Api.som(
            "insatsansvarig",
            baseURL ?? "",
        ).minInsats();
        await byt("insatsansvarig");
        const andra = `/insatser/${insats.id}/andra`;
        await page.goto(andra);
        await page.getByLabel("Beskrivning").fill("Den insatsansvarigas ord.");
        await page.getByLabel("Beskrivning").blur();
        await page.goto("/");
        await expect(paborjat(page, "Ändring av insats")).toBeVisible();

        // The same form, on the same insats, for the administrator at the same computer.
        await byt("samverkansadministrator");
        await page.goto("/");
        await expect(page.getByTestId("min-insats").first()).toBeVisible();
        await expect(page.getByTestId("paborjat")).toHaveCount(0);
        await page.goto(andra);
        await expect(page.getByLabel("Beskrivning")).toHaveValue(
            insats.beskrivning ?? "",
        );
        await expect(page.getByTestId("utkast")).toHaveCount(0);

        await byt("deltagaransvarig");
        const api = Api.som("deltagaransvarig", baseURL ?? "");
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await page.getByLabel(ar).fill("6");
        await page.getByLabel(ar).blur();
        await page.goto("/");
        await expect(
            page.getByTestId("paborjat").getByRole("link"),
        ).toHaveCount(1);

        await byt("insatsansvarig");
        await page.goto("/");
        await paborjat(page, "Ändring av insats").click();
        await expect(page.getByLabel("Beskrivning")).toHaveValue(
            "Den insatsansvarigas ord.",
        );
    },
);
