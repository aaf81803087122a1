import type { Page } from "@playwright/test";
import type { Regel } from "../src/shared/api/regler.gen";
import type { Problem } from "../src/shared/api/typer";
import { fyllIn, valj } from "./prov";
import { serverord } from "./serverregler";
import {
    type Fel,
    enVidd,
    expect,
    felen,
    grupp,
    iDag,
    markera,
    sok,
    spara,
    test,
    utanFel,
} from "./stod";

/**
 * The rules of the server that no form of the page can break, and no state of the demo: the answer is given
 * here as the server gives it, so that each has its field when it comes all the same.
 */

type Faltfel = Problem["fel"][number];

/** A fault as the server words it; pekare where the source's own is an expression. */
function av(
    fil: string,
    regel: Regel,
    kalla: string | undefined,
    pekare = kalla ?? "",
): Faltfel {
    return { pekare, regel, meddelande: serverord(fil, regel, kalla) };
}

/** The next request that changes something is refused for these; the one after it goes to the server. */
async function nekas(
    page: Page,
    adress: string,
    fel: Faltfel[],
    detail = "Uppgifterna kan inte sparas. Rätta de fält som pekas ut.",
): Promise<void> {
    const regel = fel[0]?.regel ?? "";
    await page.route(
        adress,
        (r) =>
            r.fulfill({
                status: 422,
                contentType: "application/problem+json",
                json: {
                    type: `https://sus.forsakringskassan.se/fel/${regel}`,
                    title: "Felaktiga uppgifter",
                    status: 422,
                    detail,
                    instance: new URL(r.request().url()).pathname,
                    regel,
                    fel,
                } satisfies Problem,
            }),
        { times: 1 },
    );
}

function vid(falt: string, namn: string, fel: Faltfel): Fel {
    return [falt, namn, fel.meddelande];
}

test(
    "efter-sista-registreringsdag: startdagen är efter samverkansformens sista dag",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { ar: "4" });
        const fel = av(
            "deltagande",
            "efter-sista-registreringsdag",
            "/startdag",
        );
        await nekas(page, "**/v1/insatser/*/deltaganden", [fel]);
        await spara(page);
        await felen(page, [vid("startdag", "Startdag", fel)]);
        await expect(page.locator("#falt-arOffentligForsorjning")).toHaveValue(
            "4",
        );
        await page.getByLabel("Startdag").fill(iDag(-4));
        await page.getByLabel("Startdag").blur();
        await utanFel(page, "startdag");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "efter-sista-registreringsdag, framtida-ar, utanfor-granser och inget-antal: de anonyma",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await page.getByLabel("Antal män").fill("3");
        await page.getByTestId("lagg-till-man").click();
        const ar = "Inregistreringsår";
        for (const regel of [
            "efter-sista-registreringsdag",
            "framtida-ar",
        ] as const) {
            const fel = av("anonyma", regel, undefined, "/inregistreringsar");
            await nekas(page, "**/v1/insatser/*/anonyma", [fel]);
            await spara(page);
            await felen(page, [vid("inregistreringsar", ar, fel)]);
            await expect(page.getByTestId("tillagda")).toContainText("3 män");
            await page.getByLabel(ar).selectOption({ index: 1 });
            await utanFel(page, "inregistreringsar");
        }
        const inget = av("anonyma", "inget-antal", "/antalKvinnor");
        const granser = av(
            "anonyma",
            "utanfor-granser",
            undefined,
            "/antalMan",
        );
        await nekas(page, "**/v1/insatser/*/anonyma", [inget, granser]);
        await spara(page);
        await felen(page, [
            vid("antalKvinnor", "Antal kvinnor", inget),
            vid("antalMan", "Antal män", granser),
        ]);
        await spara(page);
        await expect(page.getByTestId("sparat")).toContainText("3 män");
        await utanFel(page, "antalKvinnor", "antalMan");
    },
);

test(
    "dubblett, okand-kod, obligatoriskt, bara-med-ja och utanfor-granser: svaren vid inregistreringen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        await valj(page, "falt-fore-arbetar-ja");
        await page.fill("#falt-fore-arbetarProcent", "50");
        await valj(page, "falt-fore-arbetstyper-EGET_FORETAG");
        const post = "**/v1/insatser/*/deltaganden";
        const ar = av(
            "deltagande",
            "utanfor-granser",
            "/arOffentligForsorjning",
        );
        const dubbel = av("falt", "dubblett", undefined, "/fore/forsorjning/1");
        const typ = av(
            "deltagande",
            "okand-kod",
            'element(p+"/arbetstyper", i)',
            "/fore/arbetstyper/0",
        );
        await nekas(page, post, [ar, dubbel, typ]);
        await spara(page);
        const typfalt = ["fore-arbetstyper", "Typ av arbete före"] as const;
        await felen(page, [
            vid(
                "arOffentligForsorjning",
                "Antal år med offentlig försörjning",
                ar,
            ),
            vid("fore-forsorjning", "Försörjning före", dubbel),
            vid(...typfalt, typ),
        ]);
        const ja = av("deltagande", "bara-med-ja", 'p+"/arbetstyper"');
        await nekas(page, post, [{ ...ja, pekare: "/fore/arbetstyper" }]);
        await spara(page);
        await felen(page, [vid(...typfalt, ja)]);
        // Answered with No there is no such field: it is said, and leads nowhere.
        await valj(page, "falt-fore-arbetar-nej");
        await nekas(page, post, [{ ...ja, pekare: "/fore/arbetstyper" }]);
        await spara(page);
        const lista = page.getByTestId("fellista");
        await expect(lista).toContainText(
            `Typ av arbete före: ${ja.meddelande}`,
        );
        await expect(lista.getByRole("link")).toHaveCount(0);
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "samtycke-framtid har inget fält i inregistreringen, och samtycke-anvant säger att den är gjord",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        const fel = av("deltagande", "samtycke-framtid", "/samtyckeId");
        await nekas(page, "**/v1/insatser/*/deltaganden", [fel]);
        await spara(page);
        await expect(page.getByTestId("fellista")).toContainText(
            fel.meddelande,
        );
        await expect(
            page.getByTestId("fellista").getByRole("link"),
        ).toHaveCount(0);
        await api.skrivIn(insats.id, s.id);
        await spara(page);
        await expect(page.getByTestId("anvant")).toContainText("redan gjord");
        await expect(page.getByTestId("fellista")).toHaveCount(0);
    },
);

test(
    "personnummer-format, -datum och -kontrollsiffra, framtida-dag och okand-kod: sökningen och samtycket",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        const nr = page.getByLabel(/^Personnummer/);
        const format = {
            pekare: "/personnummer",
            regel: "personnummer-format",
            meddelande: "Skriv personnumret med tolv siffror: ååååmmddnnnn.",
        };
        for (const fel of [
            format,
            av("personnummer", "personnummer-datum", "/personnummer"),
            av("personnummer", "personnummer-kontrollsiffra", "/personnummer"),
        ]) {
            await nr.fill(nummer());
            await nekas(page, "**/v1/deltagare-sokningar", [fel]);
            await page.getByTestId("sok").click();
            await felen(page, [vid("personnummer", "Personnummer", fel)]);
        }
        await sok(page, nummer());
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        const dag = av("deltagande", "framtida-dag", undefined, "/datum");
        const satt = av("samtycke", "okand-kod", "/satt");
        await nekas(page, "**/v1/insatser/*/samtycken", [dag, satt]);
        await page.getByTestId("registrera-samtycke").click();
        await felen(page, [
            vid("datum", "Datum för samtycket", dag),
            vid("satt", "Hur samtycket lämnades", satt),
        ]);
        await markera(grupp(page, /^Hur lämnades/), "Elektroniskt");
        await page.getByLabel("Datum för samtycket").fill(iDag(-4));
        await page.getByLabel("Datum för samtycket").blur();
        await utanFel(page, "datum", "satt");
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
    },
);

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });

    test(
        "utanfor-organisationen, okand-kod, dubblett och oforanderlig: insatsen",
        enVidd,
        async ({ inloggad: page, api }) => {
            const { id } = await api.nyInsats("Prov på ord");
            await page.goto(`/insatser/${id}/andra`);
            await page.getByTestId("insatsformular").waitFor();
            const slut = av("insats", "utanfor-organisationen", "/slutdatum");
            const inriktning = av("insats", "okand-kod", "/inriktning");
            const hur = av("insats", "okand-kod", "/deltagarregistrering");
            const dubbel = av("falt", "dubblett", undefined, "/malgrupper/1");
            const flyttad = av("insats", "oforanderlig", "/organisationId");
            const alla = [flyttad, dubbel, hur, inriktning, slut];
            await nekas(page, `**/v1/insatser/${id}`, alla);
            await page.getByLabel("Beskrivning").fill("Står kvar.");
            await spara(page);
            await felen(page, [
                vid("slutdatum", "Slutdatum", slut),
                vid("inriktning", "Inriktning", inriktning),
                vid("deltagarregistrering", "Deltagarregistrering", hur),
                vid("malgrupper", "Specifik målgrupp", dubbel),
            ]);
            // An insats stays where it is: the form of a change has no such field.
            await expect(page.getByTestId("fellista")).toContainText(
                flyttad.meddelande,
            );
            await expect(page.getByLabel("Beskrivning")).toHaveValue(
                "Står kvar.",
            );
            await spara(page);
            await expect(page.locator("main")).toContainText("Står kvar.");
        },
    );
});

test(
    "okand-kod och budgetar: rapportens urval när adressen inte släpper fram något annat",
    enVidd,
    async ({ inloggad: page }) => {
        await page.goto("/rapporter/deltagarrapport/forsorjning?budgetar=2010");
        await expect(page.getByTestId("rapport")).toBeVisible();
        const form = av("rapport", "okand-kod", "/samverkansform");
        const kon = av("rapport", "okand-kod", "/kon");
        const ar = {
            pekare: "budgetar",
            regel: "budgetar",
            meddelande: "Budgetåret ska vara ett år från 2000 till 2100.",
        };
        // What is asked in an address is named without a slash.
        await nekas(
            page,
            "**/v1/rapporter/deltagarrapport/forsorjning?*",
            [form, kon]
                .map((f) => ({ ...f, pekare: f.pekare.slice(1) }))
                .concat(ar),
            "En eller flera parametrar är felaktiga.",
        );
        await page.getByTestId("visa-rapport").click();
        await felen(page, [
            vid("samverkansform", "Finansieringsform", form),
            vid("budgetar", "Budgetår", ar),
            vid("kon", "Kön", kon),
        ]);
        await page.getByTestId("visa-rapport").click();
        await expect(page.getByTestId("rapport")).toBeVisible();
        await utanFel(page, "samverkansform", "budgetar", "kon");
    },
);
