import { adress } from "@/shared/adresser";
import type { Roll } from "@/shared/api/typer";
import { rollnamn } from "@/shared/session/behorighet.logic";

/** What a part says: lines to read, steps to take in order, and where to go. */
export interface Hjalpavsnitt {
    id: string;
    titel: string;
    text?: readonly string[];
    steg?: readonly string[];
    lankar?: readonly { text: string; till: string }[];
    /** What else it is asked for by: words of the pages that are not in it. */
    sokord?: string;
    /** Words and what they mean. */
    ord?: readonly (readonly [ord: string, betyder: string])[];
}

/** A part of the help: for those of a role, or for everybody. */
export interface Hjalpdel {
    id: string;
    titel: string;
    roll?: Roll;
    avsnitt: readonly Hjalpavsnitt[];
}

const blanketter = "https://www.susam.se/anvandarstod/blanketter";

/** The handbook's steps, role by role, in the words that stand on the pages. */
export const hjalpen: readonly Hjalpdel[] = [
    {
        id: "deltagaransvarig",
        titel: `Du som är ${rollnamn.DELTAGARANSVARIG.toLowerCase()}`,
        roll: "DELTAGARANSVARIG",
        avsnitt: [
            {
                id: "registrera-in",
                titel: "Registrera in en deltagare",
                text: [
                    "Deltagaren ska först ha lämnat skriftligt samtycke. Fyll gärna i blankett 9448 tillsammans; den har samma frågor i samma ordning.",
                ],
                steg: [
                    "Tryck på «Registrera deltagare» vid insatsen på startsidan. Du kan också välja Registrera deltagare i menyn.",
                    "Skriv personnumret och tryck på «Sök». Namn, kommun och ålder hämtas.",
                    "Låt Registrering stå på Inregistrering och Mättillfälle på Nyregistrering.",
                    "Fyll i när och hur deltagaren samtyckte.",
                    "Fyll i startdagen, svara på frågorna om tiden före insatsen och tryck på «Fortsätt».",
                    "Kontrollera uppgifterna. «Ändra» leder till frågan. Tryck på «Spara».",
                ],
                lankar: [
                    { text: "Till Deltagande", till: adress("deltagande") },
                ],
            },
            {
                id: "registrera-ut",
                titel: "Registrera ut en deltagare",
                sokord: "utregistrera utregistrering avsluta",
                text: ["Blankett 9449 har samma frågor i samma ordning."],
                steg: [
                    "Sök fram deltagaren med personnumret, eller öppna deltagandet i insatsens lista.",
                    "Välj Utregistrering och Nyutregistrering, och gå vidare.",
                    "Fyll i avslutningsdag och avslutsanledning.",
                    "Svara på frågorna om tiden efter insatsen. En anledning utan mätning har inga frågor.",
                    "Tryck på «Fortsätt», kontrollera uppgifterna och tryck på «Spara».",
                ],
            },
            {
                id: "den-15",
                titel: "Hitta det som är sent till den 15:e",
                sokord: "försenad försenade sena att göra",
                text: [
                    "Den 15:e varje månad ska SUS vara uppdaterat. Startsidan visar vad som ser ut att saknas under Att göra, med en länk till rätt lista.",
                    "I insatsens lista kan du själv välja pågående deltaganden som började före en viss dag.",
                ],
            },
            {
                id: "ratta",
                titel: "Rätta en uppgift",
                steg: [
                    "Sök fram deltagaren, välj Inregistrering eller Utregistrering, och välj det datum under Mättillfälle som ska rättas.",
                    "Ändra det som är fel och skriv skälet.",
                    "Tryck på «Fortsätt», kontrollera och spara. Det gamla finns kvar i historiken på deltagandets sida.",
                ],
            },
            {
                id: "felregistrering",
                titel: "Någon är registrerad av misstag",
                text: [
                    "Registrera ut deltagaren med avslutsanledningen Felregistrering. Då räknas deltagandet inte i någon statistik.",
                ],
            },
            {
                id: "samtycke",
                titel: "Samtycke",
                text: [
                    "Utan skriftligt samtycke får inga personuppgifter registreras. Ett samtycke gäller ett deltagande i en insats; börjar personen om behövs ett nytt.",
                    "Originalet skickas till Försäkringskassan Diariet, «Samtycket», 831 84 Östersund. En kopia förvaras hos insatsen.",
                    "Ett samtycke som inte är använt kan rättas eller återkallas. Du hittar det under Samtycken i insatsen.",
                ],
            },
            {
                id: "aterkalla",
                titel: "Deltagaren återkallar sitt samtycke",
                text: [
                    "Det får deltagaren göra när som helst. Namn och personnummer raderas då genast, och det går inte att ångra.",
                ],
                steg: [
                    "Öppna deltagandet, eller sök fram personen och välj att återkalla.",
                    "Läs vad som händer, kryssa i att du har fått återkallelsen och tryck på «Återkalla och radera».",
                    "Fortsätter personen i insatsen räknas den som anonym deltagare.",
                ],
            },
            {
                id: "anonyma",
                titel: "Registrera anonyma deltagare",
                text: [
                    "För den som inte vill lämna samtycke eller har skyddade personuppgifter. Skriv inget om personen i SUS. Anonyma räknas det år de börjar och registreras aldrig ut.",
                ],
                steg: [
                    "Välj Anonyma deltagare i menyn.",
                    "Välj inregistreringsår, fyll i antal kvinnor eller män och tryck på «Lägg till».",
                    "Tryck på «Fortsätt», kontrollera och tryck på «Spara».",
                    "Blev antalet fel? På samma sida finns registreringarna, och vid var och en kan den rättas.",
                ],
            },
            {
                id: "ratta-anonyma",
                titel: "Rätta anonyma deltagare",
                steg: [
                    "Öppna Anonyma deltagare i menyn och tryck på «Rätta» vid registreringen.",
                    "Ändra året eller antalen. Skulle ingen ha registrerats, skriv 0 i båda.",
                    "Skriv skälet, tryck på «Fortsätt», kontrollera och tryck på «Spara».",
                ],
            },
            {
                id: "fortsatt",
                titel: "Fortsätta senare",
                text: [
                    "Det du fyllt i finns kvar i webbläsaren i tolv timmar, också om du går Bakåt, laddar om eller blir utloggad. Personnummer och namn sparas aldrig där. Startsidan visar det du har påbörjat, utom ett samtycke: det kommer tillbaka när du söker samma personnummer igen.",
                    "«Avbryt» behåller det du har fyllt i och «Kasta utkastet» tar bort det. När du loggar ut tas allt påbörjat bort; du får frågan först.",
                ],
            },
        ],
    },
    {
        id: "insatsansvarig",
        titel: `Du som är ${rollnamn.INSATSANSVARIG.toLowerCase()}`,
        roll: "INSATSANSVARIG",
        avsnitt: [
            {
                id: "andra-insats",
                titel: "Ändra en insats",
                text: [
                    "Du ansvarar för uppgifterna om dina insatser. Du ser hur många deltagarna är, men inte vilka de är.",
                ],
                steg: [
                    "Öppna Insats i menyn och välj insatsen.",
                    "Tryck på «Ändra insatsen» och ändra. En ny preciserad inriktning eller målgrupp gäller från en månad; det som gällde förut står kvar.",
                    "Tryck på «Fortsätt», läs vad som ändras och tryck på «Spara».",
                ],
                lankar: [{ text: "Till Insats", till: adress("insatser") }],
            },
            {
                id: "insatsbudget",
                titel: "Ange insatsbudget och volym",
                text: [
                    "Belopp skrivs i kronor, med komma före ören. Ett utfall kan vara negativt. Volym anges bara i en insats som redovisar endast antal.",
                ],
                steg: [
                    "Öppna insatsen och tryck på «Insatsbudget» eller «Volym».",
                    "Välj budgetår, tryck på «Ändra insatsbudgeten» eller «Ändra volymen» och spara. «Visa historiken» visar varje ändring, vem som gjorde den och när.",
                    "En kolumn som kopieras från Excel kan klistras in i ett fält: den fyller fälten under.",
                ],
            },
            {
                id: "alla-insatser",
                titel: "Ange volym och budget för alla insatser på en gång",
                text: [
                    "Tabellen har organisationens insatser under året. Det du får ändra har fält. En budget med flera poster av samma slag ändras på insatsens sida.",
                ],
                steg: [
                    "Öppna samverkansorganisationens «Budget» och tryck på «Volym och budget för alla insatser».",
                    "Välj budgetår och fyll i. En kolumn som kopieras från Excel kan klistras in i ett fält.",
                    "Tryck på «Fortsätt», kontrollera och tryck på «Spara». Det som nekas sägs vid sitt fält, och det andra är sparat.",
                ],
            },
            {
                id: "vem-registrerar",
                titel: "Säga vem som registrerar i insatsen",
                sokord: "uppdrag deltagaransvarig",
                text: [
                    "Den som ska registrera deltagare behöver ett uppdrag som deltagaransvarig i insatsen, och en arbetsgivare som är medlem den tiden. Uppdraget gäller från nästa sida som öppnas.",
                ],
                steg: [
                    "Öppna insatsen och tryck på «Vem registrerar».",
                    "Tryck på «Ge ett uppdrag», välj användare och tid och tryck på «Ge uppdraget».",
                    "«Ändra slut» ändrar när uppdraget slutar. Där finns också «Avsluta genast».",
                    "«Visa avslutade» visar också dem som har haft uppdrag.",
                ],
            },
        ],
    },
    {
        id: "samverkansadministrator",
        titel: `Du som är ${rollnamn.SAMVERKANSADMINISTRATOR.toLowerCase()}`,
        roll: "SAMVERKANSADMINISTRATOR",
        avsnitt: [
            {
                id: "ny-insats",
                titel: "Lägga upp en insats",
                steg: [
                    "Öppna Insats i menyn och tryck på «Registrera insats».",
                    "Fyll i namn, startdatum, inriktning och hur deltagarna registreras. Inriktning och deltagarregistrering kan inte ändras när någon är registrerad.",
                    "Tryck på «Fortsätt», kontrollera och tryck på «Spara». Ge sedan den som ska registrera deltagare sitt uppdrag under «Vem registrerar» på insatsens sida.",
                ],
                lankar: [{ text: "Till Insats", till: adress("insatser") }],
            },
            {
                id: "kopiera-insats",
                titel: "Börja en ny insats från en som finns",
                sokord: "kopia",
                steg: [
                    "Öppna insatsen, också en annan organisations, och tryck på «Kopiera som ny insats».",
                    "Fyll i startdatum och ändra det som skiljer. Deltagare, uppdrag, budget och kopplingar följer inte med.",
                    "Tryck på «Fortsätt», kontrollera och tryck på «Spara». Insatsen som du kopierade är oförändrad.",
                ],
            },
            {
                id: "delad-insats",
                titel: "Dela en insats med ett annat förbund",
                sokord: "delad gemensam koppla kopplad kopplas",
                text: [
                    "En delad insats är en insats i vart och ett av förbunden. Deltagarna delas inte, och vart förbund ser bara sina egna.",
                ],
                steg: [
                    "Öppna det andra förbundets insats i listan under Insats.",
                    "Välj er insats under «Delad insats» och tryck på «Koppla till vår insats».",
                    "Det andra förbundets samverkansadministratör trycker på «Koppla» på sin insats. Till dess väntar kopplingen.",
                    "Vart och ett av förbunden kan trycka på «Ta bort kopplingen».",
                ],
            },
            {
                id: "fragor",
                titel: "Kompletterande frågor",
                text: [
                    "Frågorna ställs vid in- eller utregistreringen i alla organisationens insatser, de dagar de gäller. Fråga aldrig efter personnummer, diagnoser eller andra känsliga uppgifter.",
                    "En fråga som har besvarats kan stängas men inte skrivas om.",
                ],
                steg: [
                    "Öppna samverkansorganisationen och tryck på «Kompletterande frågor».",
                    "Tryck på «Ny fråga», eller på «Kopiera» vid fjolårets fråga.",
                    "Skriv frågan, välj hur den besvaras och när den ställs, och spara.",
                    "Ordna frågorna med «Upp» och «Ner», eller dra dem.",
                    "Se efter under «Visa frågeformulär» hur de ställs.",
                ],
            },
            {
                id: "budget",
                titel: "Ange förbundets budget",
                text: [
                    "Bara den som är finansiär under året kan stå på en finansieringspost. Ett överskott från tidigare år beskrivs «Eget kapital».",
                ],
                steg: [
                    "Öppna samverkansorganisationen och tryck på «Budget».",
                    "Välj budgetår, tryck på «Ändra budgeten» och fyll i posterna. «Kopiera posterna från» hämtar dem från året före.",
                    "Spara. Summorna visar också vad insatserna har angett.",
                    "Tryck på «Stäng budgetåret» när allt är klart. Försäkringskassan kan öppna det igen.",
                    "«Hämta insatsernas budget» ger en fil för Excel.",
                ],
            },
            {
                id: "uppdrag",
                titel: "Säga vem som registrerar hos oss",
                sokord: "uppdrag administratör insatsansvarig",
                text: [
                    "Du ger uppdrag som samverkansadministratör, insatsansvarig och deltagaransvarig i din egen organisation.",
                ],
                steg: [
                    "Öppna samverkansorganisationen och tryck på «Vem registrerar hos oss».",
                    "Tryck på «Ge ett uppdrag», välj uppdrag, användare och tid och tryck på «Ge uppdraget».",
                    "«Ändra slut» ändrar när ett uppdrag slutar. Där finns också «Avsluta genast».",
                ],
            },
            {
                id: "andra-organisation",
                titel: "Ändra samverkansorganisationen",
                text: [
                    "Kommuner gäller från en månad, och ingående organisationer från och till en dag: det som har varit står kvar, också i rapporterna. Startdatum och verksamhetsområde ändras av Försäkringskassan.",
                ],
                steg: [
                    "Öppna Samverkansorganisation i menyn, välj din organisation och tryck på «Ändra».",
                    "Sök kommuner på län eller namn, till exempel «Karl*», och kryssa i dem.",
                    "Sök ingående organisationer på namn eller organisationsnummer. Den som slutar får ett till och med, och står kvar; «Ny period» är för den som kommer tillbaka.",
                    "Tryck på «Fortsätt», kontrollera och spara.",
                ],
                lankar: [
                    {
                        text: "Till Samverkansorganisation",
                        till: adress("samverkansorganisationer"),
                    },
                ],
            },
            {
                id: "avsluta-insats",
                titel: "Avsluta en insats",
                text: [
                    "Pågående deltaganden ska registreras ut senast insatsens slutdatum.",
                ],
                steg: [
                    "Öppna insatsen, tryck på «Ändra insatsen» och fyll i slutdatum.",
                    "Tryck på «Fortsätt»: där står hur många deltaganden som pågår.",
                    "Tryck på «Spara».",
                ],
            },
        ],
    },
    {
        id: "rapporter",
        titel: "Du som läser rapporter",
        roll: "SUSRAPPORT",
        avsnitt: [
            {
                id: "ta-fram-rapport",
                titel: "Ta fram och skriva ut en rapport",
                text: [
                    "Rapporterna är sammanräknade och visar aldrig någon person. Alla i SUS får läsa dem, för hela landet.",
                ],
                steg: [
                    "Öppna Rapporter i menyn och välj rapport.",
                    "Välj budgetår och vilka insatser den ska gälla, och tryck på «Visa rapporten».",
                    "Längst ned finns «Skriv ut» och filer att ladda ned. «Så räknas det» förklarar siffrorna.",
                ],
                lankar: [{ text: "Till Rapporter", till: adress("rapporter") }],
            },
        ],
    },
    {
        id: "systemforvaltare",
        titel: `Du som är ${rollnamn.SYSTEMFORVALTARE.toLowerCase()}`,
        roll: "SYSTEMFORVALTARE",
        avsnitt: [
            {
                id: "logg",
                titel: "Granska loggen",
                steg: [
                    "Öppna Administration i menyn och välj Granskningslogg.",
                    "Sök på person, aktör, händelse eller tid. Sökningen loggas också.",
                ],
                lankar: [
                    {
                        text: "Till Granskningslogg",
                        till: adress("logg"),
                    },
                ],
            },
            {
                id: "aterkalla-avslutad",
                titel: "Återkalla samtycke när ingen längre är ansvarig",
                steg: [
                    "Öppna insatsen, som ska vara avslutad, och tryck på «Återkalla samtycken».",
                    "Skriv personnumret och ärendets nummer i diariet.",
                    "Läs vad som händer och bekräfta. Det går inte att ångra.",
                ],
            },
            {
                id: "ny-organisation",
                titel: "Registrera en samverkansorganisation",
                text: [
                    "Den läggs upp efter en godkänd beställning (blankett 9447). Ge sedan den första samverkansadministratören sitt uppdrag under «Vem registrerar hos oss».",
                ],
                steg: [
                    "Öppna Samverkansorganisation i menyn och tryck på «Registrera samverkansorganisation».",
                    "Fyll i uppgifterna. Kommuner söks på län eller namn, ingående organisationer ur registret över myndigheter.",
                    "Tryck på «Fortsätt», kontrollera och spara.",
                ],
                lankar: [
                    {
                        text: "Till Samverkansorganisation",
                        till: adress("samverkansorganisationer"),
                    },
                ],
            },
            {
                id: "myndigheter",
                titel: "Sköta registret över myndigheter",
                text: [
                    "En organisation finns en gång, med sitt organisationsnummer. Ett nytt namn syns genast överallt där organisationen ingår.",
                ],
                steg: [
                    "Öppna Administration i menyn och välj Registret över myndigheter.",
                    "Sök på namn eller organisationsnummer, eller tryck på «Lägg till en organisation».",
                ],
                lankar: [
                    {
                        text: "Till Registret över myndigheter",
                        till: adress("myndigheter"),
                    },
                ],
            },
            {
                id: "oppna-budgetar",
                titel: "Öppna ett stängt budgetår",
                steg: [
                    "Öppna samverkansorganisationen och tryck på «Budget».",
                    "Välj budgetåret och tryck på «Öppna budgetåret».",
                    "Skriv varför och tryck på «Öppna». Skälet står kvar på sidan.",
                ],
            },
            {
                id: "kodverk",
                titel: "Se och sköta kodverken",
                text: [
                    "Under Administration, Kodverk, står de koder som formulär och rapporter bygger på, och när de gäller. Det som är registrerat behåller sin text och betydelse: en ändring gäller från en dag, i dag eller senare.",
                ],
                steg: [
                    "Välj kodverk, och koden i listan eller «Lägg till kod».",
                    "Skriv vad koden ska heta och från vilken dag. En sista dag avslutar koden.",
                    "Tryck på «Fortsätt». Före «Spara» står hur mycket som är registrerat med koden och vilka rapporter som skriver ut den.",
                ],
                lankar: [{ text: "Till Kodverk", till: adress("kodverk") }],
            },
        ],
    },
    {
        id: "alla",
        titel: "För alla",
        avsnitt: [
            {
                id: "logga-in",
                titel: "Logga in",
                text: [
                    "Masterlösenordet kom som flash-sms när du fick din behörighet. Det är samma varje gång. Engångskoden kommer med sms vid varje inloggning och gäller i tio minuter.",
                    "Har du tappat bort masterlösenordet eller bytt mobilnummer? Be den som beställer behörigheter i din organisation om hjälp.",
                    "Du loggas ut när du inte gjort något på en halvtimme. Du blir tillfrågad först.",
                ],
            },
            {
                id: "behorighet",
                titel: "Få behörighet",
                steg: [
                    "Din organisation ska ha en överenskommelse med Försäkringskassan.",
                    "Den som beställer behörigheter hos dig skickar blankett 9445. En behörighet gäller i högst två år.",
                    "Samordningsförbundets kansli eller den insatsansvarige ger dig uppdrag i din insats.",
                ],
            },
            {
                id: "blanketter",
                titel: "Blanketter",
                text: [
                    "9443 Samtyckesblankett, finns på flera språk. 9448 Inregistrering. 9449 Utregistrering. 9445 Beställning av användare.",
                ],
                lankar: [
                    { text: "Blanketterna på susam.se", till: blanketter },
                ],
            },
            {
                id: "ordlista",
                titel: "Ordlista",
                ord: [
                    [
                        "Anonym deltagare",
                        "Räknas med kön och år, utan personuppgifter.",
                    ],
                    ["Avslutningsdag", "Sista dagen i insatsen."],
                    ["Avslutsanledning", "Varför deltagandet tog slut."],
                    ["Behörighet", "Vad du får göra i SUS, och hur länge."],
                    ["Budgetår", "Kalenderåret som en rapport gäller."],
                    [
                        "Deltagande",
                        "En persons tid i en insats, från startdag till avslutningsdag.",
                    ],
                    [
                        "Deltagarregistrering",
                        "Om insatsen registrerar deltagare eller bara anger antal.",
                    ],
                    [
                        "Felregistrering",
                        "Avslutsanledning som tar bort deltagandet ur statistiken.",
                    ],
                    [
                        "Försörjning",
                        "Vad personen lever på, före och efter insatsen.",
                    ],
                    [
                        "Insats",
                        "Det som bedrivs: ett projekt, en verksamhet eller ett team.",
                    ],
                    [
                        "Inregistrering",
                        "Uppgifterna när deltagaren börjar, som i blankett 9448.",
                    ],
                    ["Masterlösenord", "Lösenordet du fick som flash-sms."],
                    [
                        "Mättillfälle",
                        "En in- eller utregistrering. Väljs ett tidigare kan det rättas.",
                    ],
                    [
                        "Rättelse",
                        "Ersätter en uppgift. Den gamla finns kvar i historiken.",
                    ],
                    [
                        "Samtycke",
                        "Deltagarens skriftliga ja till att registreras. Ett för varje deltagande.",
                    ],
                    [
                        "Samverkansorganisation",
                        "Den som följs upp, oftast ett samordningsförbund.",
                    ],
                    [
                        "Skyddade personuppgifter",
                        "Personen får aldrig registreras med namn eller nummer.",
                    ],
                    ["Startdag", "Första dagen i insatsen."],
                    [
                        "Sysselsättning",
                        "Arbete, studier och om personen söker arbete.",
                    ],
                    [
                        "Uppdrag",
                        "Vilken insats eller organisation du är kopplad till.",
                    ],
                    [
                        "Utan mätning",
                        "Avslut där inga frågor om tiden efter ställs.",
                    ],
                    [
                        "Utregistrering",
                        "Uppgifterna när deltagaren slutar, som i blankett 9449.",
                    ],
                ],
            },
        ],
    },
];

/** A part by its id. */
export function avsnittet(id: string): Hjalpavsnitt | undefined {
    return hjalpen.flatMap((d) => d.avsnitt).find((a) => a.id === id);
}

function normal(text: string): string {
    return text.toLocaleLowerCase("sv").normalize("NFC");
}

function har(ord: readonly string[], ...texter: readonly string[]): boolean {
    const allt = normal(texter.join(" "));
    return ord.every((o) => allt.includes(o));
}

/** The parts, one's own first, then what is for all; the others' after. */
export function hjalpFor(roller: readonly Roll[]): readonly Hjalpdel[] {
    const rang = (d: Hjalpdel): number => {
        if (d.roll === undefined) {
            return 1;
        }
        return roller.includes(d.roll) ? 0 : 2;
    };
    return [...hjalpen].sort((a, b) => rang(a) - rang(b));
}

/** What holds every word that is asked for; of a word list the words that do. */
export function sokHjalp(
    delar: readonly Hjalpdel[],
    fraga: string,
): readonly Hjalpdel[] {
    const ord = normal(fraga).split(/\s+/).filter(Boolean);
    if (ord.length === 0) {
        return delar;
    }
    return delar
        .map((d) => ({
            ...d,
            avsnitt: d.avsnitt.flatMap((a) => {
                const traffar = a.ord?.filter((o) => har(ord, ...o));
                if (traffar !== undefined && traffar.length > 0) {
                    return [{ ...a, ord: traffar }];
                }
                const finns = har(
                    ord,
                    a.titel,
                    a.sokord ?? "",
                    ...(a.text ?? []),
                    ...(a.steg ?? []),
                );
                return finns ? [a] : [];
            }),
        }))
        .filter((d) => d.avsnitt.length > 0);
}
