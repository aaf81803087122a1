import type { Problem } from "../src/shared/api/typer";
import {
    type Fel,
    efter,
    eget,
    expect,
    faltfelet,
    felen,
    fore,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    spara,
    test,
    utanFel,
} from "./stod";

const tomt = "Fältet måste fyllas i.";
const datumform = "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.";

test("varje fältfel i inregistreringen", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await spara(page);
    const niva: Fel = [
        "utbildningsniva",
        "Högsta avslutade utbildningsnivå",
        "Välj en utbildningsnivå.",
    ];
    const forsorjning: Fel = [
        "fore-forsorjning",
        "Försörjning före",
        "Välj minst en försörjning.",
    ];
    const sokande: Fel = [
        "fore-arbetssokande",
        "Aktivt arbetssökande före",
        "Svara ja eller nej.",
    ];
    await felen(page, [
        ["startdag", "Startdag", tomt],
        niva,
        ["arOffentligForsorjning", "Antal år med offentlig försörjning", tomt],
        forsorjning,
        sokande,
        ["fore-arbetar", "Förvärvsarbetar före", "Svara ja eller nej."],
        ["fore-studerar", "Studier före", "Svara ja eller nej."],
    ]);

    // Work and studies ask for more.
    await markera(grupp(page, fore.arbetar), "Ja");
    await markera(grupp(page, fore.studerar), "Ja");
    await page.getByLabel("procent deltagaren har arbetat").fill("101");
    await page.getByLabel("procent deltagaren har studerat").fill("0");
    await page.getByLabel("Hur länge har deltagaren varit").fill("101");
    const dagen = page.getByLabel("Startdag");
    await dagen.fill(iDag(3));
    await spara(page);
    await felen(page, [
        ["startdag", "Startdag", "Dagen får inte vara efter dagens datum."],
        niva,
        [
            "arOffentligForsorjning",
            "Antal år med offentlig försörjning",
            "Antal år ska vara ett heltal från 0 till 100.",
        ],
        forsorjning,
        sokande,
        [
            "fore-arbetarProcent",
            "Arbetets omfattning före",
            "Omfattningen ska vara ett heltal från 1 till 100.",
        ],
        [
            "fore-arbetstyper",
            "Typ av arbete före",
            "Välj minst en typ av arbete.",
        ],
        [
            "fore-studerarProcent",
            "Studiernas omfattning före",
            "Omfattningen ska vara ett heltal från 1 till 100.",
        ],
    ]);
    const forsta = page.getByTestId("fellista").getByRole("link").first();
    for (const [dag, fel] of [
        ["2026-13-45", datumform],
        ["2001-01-01", "Dagen ligger utanför samverkansorganisationens tid."],
        ["2008-06-01", "Dagen ligger utanför insatsens tid."],
    ] as const) {
        await dagen.fill(dag);
        await spara(page);
        await expect(forsta).toHaveText(`Startdag: ${fel}`);
        await expect(faltfelet(page, "startdag")).toHaveText(fel);
    }
    // «Ingen» and the others put each other out.
    await dagen.fill(iDag(-3));
    await dagen.blur();
    const f = grupp(page, fore.forsorjning);
    await markera(f, "A-kassa");
    await markera(f, "Ingen offentlig försörjning");
    await expect(f.getByLabel("A-kassa")).not.toBeChecked();
});

test("varje fältfel i utregistreringen och rättelsen", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await spara(page);
    await felen(page, [
        ["avslutningsdag", "Avslutningsdag", tomt],
        ["avslutsanledning", "Avslutsanledning", "Välj en avslutsanledning."],
    ]);
    await page.getByLabel("Avslutsanledning").selectOption({ index: 1 });
    await utanFel(page, "avslutsanledning");
    await page.getByLabel("Avslutningsdag").fill(iDag(-30));
    await markera(grupp(page, efter.arbetar), "Ja");
    await markera(grupp(page, efter.studerar), "Ja");
    await spara(page);
    await felen(page, [
        [
            "avslutningsdag",
            "Avslutningsdag",
            "Avslutningsdagen får inte vara före startdagen.",
        ],
        [
            "efter-forsorjning",
            "Försörjning efter",
            "Välj minst en försörjning.",
        ],
        [
            "efter-arbetssokande",
            "Aktivt arbetssökande efter",
            "Svara ja eller nej.",
        ],
        ["efter-arbetarProcent", "Arbetets omfattning efter", tomt],
        [
            "efter-arbetstyper",
            "Typ av arbete efter",
            "Välj minst en typ av arbete.",
        ],
        ["efter-studerarProcent", "Studiernas omfattning efter", tomt],
    ]);
    await page.getByLabel("Avslutningsdag").fill(iDag(-1));
    await page.getByLabel("Avslutningsdag").blur();
    await markera(grupp(page, efter.forsorjning), "SA");
    await markera(grupp(page, efter.arbetssokande), "Ja");
    await markera(grupp(page, efter.arbetar), "Nej");
    await page.getByLabel("procent deltagaren studerar").fill("25");
    await page.getByLabel("procent deltagaren studerar").blur();
    await utanFel(
        page,
        "avslutningsdag",
        "efter-forsorjning",
        "efter-arbetssokande",
        "efter-studerarProcent",
    );
    await spara(page);
    await expect(page.getByTestId("kvitto")).toBeVisible();

    // A correction needs its reason, and may not pass the exit.
    await page.goto(`/insatser/${insats.id}/registrera/ratta-in/${d.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await page.getByLabel("Startdag").fill(iDag());
    await spara(page);
    const utanSkal: Fel = [
        "skal",
        "Varför rättas uppgiften?",
        "Skriv kort varför uppgiften rättas.",
    ];
    await felen(page, [
        [
            "startdag",
            "Startdag",
            "Startdagen får inte vara efter avslutningsdagen.",
        ],
        utanSkal,
    ]);
    await page.goto(`/insatser/${insats.id}/registrera/ratta-ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await spara(page);
    await felen(page, [utanSkal]);
    await expect(page.getByLabel("Varför rättas uppgiften?")).toHaveAttribute(
        "maxlength",
        "500",
    );
    await page.getByLabel("Varför rättas uppgiften?").fill("Fel");
    await page.getByLabel("Varför rättas uppgiften?").blur();
    await utanFel(page, "skal");
});

test("fältfel i sökningen, samtycket, de anonyma och valet av insats", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto("/deltagande");
    await page.getByLabel("Insats").selectOption("");
    await page.getByTestId("till-registrera").click();
    // The only insats is chosen by itself; it cannot be left out.
    await paSidan(page, "Registrera deltagare");

    await page.getByTestId("sok").click();
    await felen(page, [
        ["personnummer", "Personnummer", "Fyll i personnumret."],
    ]);
    await page.getByLabel(/^Personnummer/).fill("19500101-0000");
    await page.getByTestId("sok").click();
    await felen(page, [
        [
            "personnummer",
            "Personnummer",
            "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.",
        ],
    ]);
    await sok(page, nummer());
    await utanFel(page, "personnummer");
    const samtyck = page.getByTestId("registrera-samtycke");
    const datum = page.getByLabel("Datum för samtycket");
    await samtyck.click();
    await felen(page, [["datum", "Datum för samtycket", tomt]]);
    for (const [dag, fel] of [
        [iDag(2), "Dagen får inte vara efter dagens datum."],
        ["2026-02-30", datumform],
    ] as const) {
        await datum.fill(dag);
        await samtyck.click();
        await felen(page, [["datum", "Datum för samtycket", fel]]);
    }
    await datum.fill(iDag(-1));
    await datum.blur();
    await utanFel(page, "datum");

    await page.goto(`/insatser/${insats.id}/anonyma`);
    const granser = /Antalet ska vara ett heltal från 1 till 10\s000\./;
    await page.getByTestId("lagg-till-kvinnor").click();
    await felen(page, [["antalKvinnor", "Antal kvinnor", granser]]);
    await page.getByLabel("Antal män").fill("x");
    await page.getByTestId("lagg-till-man").click();
    await felen(page, [["antalMan", "Antal män", granser]]);
    await page.getByLabel("Antal män").fill("");
    await spara(page);
    await felen(page, [
        [
            "antalKvinnor",
            "Antal kvinnor",
            "Ange minst en kvinna eller en man och klicka på «Lägg till».",
        ],
    ]);
    // Typed, but not added.
    await page.getByLabel("Antal män").fill("3");
    await spara(page);
    await felen(page, [
        [
            "antalMan",
            "Antal män",
            "Klicka på «Lägg till» för att ta med antalet, eller töm fältet.",
        ],
    ]);
    // Too many together is said at the field that they were added by.
    for (let n = 0; n < 2; n++) {
        await page.getByLabel("Antal män").fill("9000");
        await page.getByTestId("lagg-till-man").click();
        await page.getByTestId("fraga-ja").click();
    }
    await spara(page);
    await felen(page, [["antalMan", "Antal män", granser]]);
    await page.getByRole("button", { name: "Ta bort rad 2" }).click();
    await page.getByRole("button", { name: "Ta bort rad 1" }).click();
    await expect(page.getByTestId("tillagda")).toHaveCount(0);
});

test.describe("den som har flera insatser", () => {
    test.use({ roll: "fleraInsatser" });

    test("måste välja en av dem", async ({ inloggad: page }) => {
        await page.goto("/deltagande");
        await page.getByTestId("till-anonyma").click();
        await felen(page, [["insats", "Insats", "Välj en insats."]]);
        await page.getByLabel("Insats").selectOption("Nya spår");
        await utanFel(page, "insats");
        await page.getByTestId("till-anonyma").click();
        await paSidan(page, "Registrera anonyma deltagare");
    });
});

test("varje fältfel i inregistreringen går bort när det är rättat", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await markera(grupp(page, fore.arbetar), "Ja");
    await markera(grupp(page, fore.studerar), "Ja");
    await spara(page);
    const alla: Fel[] = [
        ["startdag", "Startdag", tomt],
        [
            "utbildningsniva",
            "Högsta avslutade utbildningsnivå",
            "Välj en utbildningsnivå.",
        ],
        ["arOffentligForsorjning", "Antal år med offentlig försörjning", tomt],
        ["fore-forsorjning", "Försörjning före", "Välj minst en försörjning."],
        [
            "fore-arbetssokande",
            "Aktivt arbetssökande före",
            "Svara ja eller nej.",
        ],
        ["fore-arbetarProcent", "Arbetets omfattning före", tomt],
        [
            "fore-arbetstyper",
            "Typ av arbete före",
            "Välj minst en typ av arbete.",
        ],
        ["fore-studerarProcent", "Studiernas omfattning före", tomt],
    ];
    await felen(page, alla);

    await page.getByLabel("Startdag").fill(iDag(-3));
    await page.getByLabel("Startdag").blur();
    await utanFel(page, "startdag");
    await page
        .getByLabel("Högsta avslutade utbildningsnivå")
        .selectOption("Gymnasium");
    await utanFel(page, "utbildningsniva");
    for (const [etikett, falt] of [
        ["Hur länge har deltagaren varit", "arOffentligForsorjning"],
        ["procent deltagaren har arbetat", "fore-arbetarProcent"],
        ["procent deltagaren har studerat", "fore-studerarProcent"],
    ] as const) {
        await page.getByLabel(etikett).fill("50");
        await page.getByLabel(etikett).blur();
        await utanFel(page, falt);
    }
    await markera(grupp(page, fore.forsorjning), "SA");
    await utanFel(page, "fore-forsorjning");
    await markera(grupp(page, fore.arbetssokande), "Nej");
    await utanFel(page, "fore-arbetssokande");
    await markera(grupp(page, fore.arbetstyp), "Eget företag");
    await utanFel(page, "fore-arbetstyper");
    // A Nej takes what was asked of a Ja with it.
    await page.getByLabel("procent deltagaren har studerat").fill("200");
    await markera(grupp(page, fore.studerar), "Nej");
    await expect(
        page.getByLabel("procent deltagaren har studerat"),
    ).toHaveCount(0);
    await spara(page);
    await expect(page.getByTestId("kvitto")).toBeVisible();
});

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });

    test("säger varje fältfel, och det går bort när det är rättat", async ({
        inloggad: page,
    }) => {
        await page.goto("/insatser/ny");
        await page.getByTestId("insatsformular").waitFor();
        await page.getByLabel("Samverkansorganisation").selectOption("");
        await spara(page);
        await felen(page, [
            [
                "organisationId",
                "Samverkansorganisation",
                "Välj en samverkansorganisation.",
            ],
            ["namn", "Insatsnamn", tomt],
            ["startdatum", "Startdatum", tomt],
            ["inriktning", "Inriktning", "Välj en inriktning."],
            [
                "preciseradInriktning",
                "Preciserad inriktning",
                "Välj en preciserad inriktning.",
            ],
            [
                "deltagarregistrering",
                "Deltagarregistrering",
                "Välj hur deltagare registreras.",
            ],
        ]);
        await page
            .getByLabel("Samverkansorganisation")
            .selectOption("Samordningsförbundet Uppsala län");
        await page.getByLabel("Insatsnamn").fill("Prov på fel");
        await page.getByLabel("Insatsnamn").blur();
        await markera(grupp(page, /^Inriktning/), "Individinriktad");
        await page
            .getByLabel("Preciserad inriktning")
            .selectOption("Förberedande insats");
        await utanFel(
            page,
            "organisationId",
            "namn",
            "inriktning",
            "preciseradInriktning",
        );

        const start = page.getByLabel("Startdatum");
        const slut = page.getByLabel("Slutdatum");
        await start.fill("2024-02-30");
        await slut.fill("2024-13-01");
        await spara(page);
        await felen(page, [
            ["startdatum", "Startdatum", datumform],
            ["slutdatum", "Slutdatum", datumform],
        ]);
        await start.fill("2024-03-01");
        await slut.fill("2024-02-01");
        await spara(page);
        await felen(page, [
            [
                "slutdatum",
                "Slutdatum",
                "Slutdatum får inte vara före startdatum.",
            ],
        ]);
        await slut.fill("2024-12-31");
        await slut.blur();
        await utanFel(page, "startdatum", "slutdatum");

        // What the server alone knows is said in the same way.
        await start.fill("2007-12-31");
        await spara(page);
        await felen(page, [
            [
                "startdatum",
                "Startdatum",
                "Startdatum ligger utanför samverkansorganisationens tid.",
            ],
        ]);
        // No field takes more than the server does.
        await expect(page.getByLabel("Insatsnamn")).toHaveAttribute(
            "maxlength",
            "200",
        );
        await expect(page.getByLabel("Beskrivning")).toHaveAttribute(
            "maxlength",
            "2000",
        );
        await expect(page.getByLabel(/^Insatsanordnare/)).toHaveAttribute(
            "maxlength",
            "200",
        );
        await page.getByTestId("avbryt").click();
        await expect(page).toHaveURL(/\/insatser$/);
    });

    test("tar inte emot ett personnummer i någon av sina texter", async ({
        inloggad: page,
        api,
        nummer,
    }) => {
        const { id } = await api.nyInsats(`Prov ${eget()}`);
        const nr = nummer();
        const sagt =
            "Texten ser ut att innehålla ett personnummer. Ta bort det.";
        await page.goto(`/insatser/${id}/andra`);
        await page.getByTestId("insatsformular").waitFor();
        const texter = ["namn", "beskrivning", "insatsanordnare"];
        for (const falt of texter) {
            await page.locator(`#falt-${falt}`).fill(`Åt ${nr}`);
        }
        const nej = page.waitForResponse(`**/v1/insatser/${id}`);
        await spara(page);
        const { fel } = (await (await nej).json()) as Problem;
        expect(fel.map((f) => [f.pekare, f.regel])).toEqual(
            texter.map((t) => [`/${t}`, "innehaller-personnummer"]),
        );
        await felen(page, [
            ["namn", "Insatsnamn", sagt],
            ["beskrivning", "Beskrivning", sagt],
            ["insatsanordnare", "Insatsanordnare", sagt],
        ]);
        for (const falt of texter) {
            await page.locator(`#falt-${falt}`).fill("Utan nummer");
            await page.locator(`#falt-${falt}`).blur();
        }
        await utanFel(page, ...texter);
        await page.locator("#falt-namn").fill(`Prov ${eget()}`);
        await spara(page);
        await expect(page).toHaveURL(new RegExp(`/insatser/${id}$`));
    });
});

test("fältfel i inloggningens två steg", async ({ page }) => {
    await page.goto("/logga-in");
    const skicka = page.getByTestId("skicka-kod");
    await skicka.click();
    await felen(page, [
        ["personnummer", "Personnummer", "Fyll i personnumret."],
        ["huvudlosenord", "Masterlösenord", "Fyll i masterlösenordet."],
    ]);
    await page.getByLabel(/^Personnummer/).fill("19770117-2393");
    await page.getByLabel("Masterlösenord").fill("ett-losenord");
    await skicka.click();
    await felen(page, [
        [
            "personnummer",
            "Personnummer",
            "Personnumret stämmer inte. Skriv det med tio eller tolv siffror.",
        ],
    ]);
    await utanFel(page, "huvudlosenord");
    await page.getByLabel(/^Personnummer/).fill("19770117-2392");
    await page.getByLabel(/^Personnummer/).blur();
    await utanFel(page, "personnummer");
    await page.route("**/session/inloggningar", (r) =>
        r.fulfill({
            status: 201,
            json: {
                id: "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f",
                giltigTill: new Date(Date.now() + 600_000).toISOString(),
            },
        }),
    );
    await skicka.click();
    await page.getByTestId("logga-in").click();
    await felen(page, [
        ["kod", "Engångskod", "Fyll i de sex siffrorna ur sms:et."],
    ]);
    await page.getByLabel("Engångskod").fill("123 456");
    await page.getByLabel("Engångskod").blur();
    await expect(faltfelet(page, "kod")).toHaveCount(0);
});
