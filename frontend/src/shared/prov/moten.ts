import { anonymaetiketter } from "@/features/anonyma/anonyma.logic";
import { loggetiketter } from "@/features/administration/logg.logic";
import { aterkallelseetiketter } from "@/features/samtycke/aterkallelse.logic";
import { sokfalt, vidSokfaltet } from "@/features/deltagande/sokning.logic";
import {
    inetiketter,
    utetiketter,
    vidAnledningen,
} from "@/features/registrering/matning.logic";
import {
    rattatsamtyckesetiketter,
    samtyckesetiketter,
} from "@/features/samtycke/samtycke.logic";
import {
    slutetiketter,
    uppdragsetiketter,
} from "@/features/uppdrag/uppdrag.logic";
import {
    medFragorna,
    vidFragorna,
} from "@/features/registrering/fragesvar.logic";
import { frageetiketter } from "@/features/fraga/fraga.logic";
import {
    insatsbudgetetiketter,
    nyFinansiering,
    nyKostnad,
    nyPost,
    organisationsbudgetetiketter,
} from "@/features/budget/budget.logic";
import { oppningsetiketter } from "@/features/budget/oppning.logic";
import {
    type Andrad,
    allasvar,
    radetiketter,
    raderna,
    vidCellen,
} from "@/features/volym/alla.logic";
import { volymetiketter } from "@/features/volym/volym.logic";
import { insatsetiketter } from "@/features/insats/insats.logic";
import { myndighetsetiketter } from "@/features/myndighet/myndighet.logic";
import { organisationsetiketter } from "@/features/samverkansorganisation/organisation.logic";
import { kodetiketter, nykodsetiketter } from "@/features/kodverk/kod.logic";
import { urvalsetiketter } from "@/features/rapport/rapport.logic";
import type { Faltregel } from "@/shared/api/faltregler.gen";
import type { Faltfel } from "@/shared/api/typer";
import { fraga, idag, insatsbudget, raknandeBudget } from "./varlden";

/**
 * Every rule by which the server refuses a field, and where it meets a form of the browser. The form shows
 * the server's own words at the field; regler.spec.ts has each refused in each form, mounted.
 */

/** The table of all insatser, as the world has it: one row. */
const allas = raderna(
    raknandeBudget(),
    allasvar(raknandeBudget(), ""),
    idag,
    () => true,
);
const allasDel = (del: Andrad["del"]): Andrad[] =>
    allas.map((rad) => ({ rad, del }));

export const formular = {
    in: medFragorna(inetiketter, [fraga]),
    ut: medFragorna(utetiketter, [fraga]),
    samtycke: samtyckesetiketter,
    rattatSamtycke: rattatsamtyckesetiketter,
    insats: insatsetiketter,
    organisation: organisationsetiketter(1),
    myndighet: myndighetsetiketter,
    nyKod: nykodsetiketter,
    kod: kodetiketter,
    urval: urvalsetiketter,
    anonyma: anonymaetiketter,
    fraga: frageetiketter,
    uppdrag: uppdragsetiketter,
    uppdragsslut: slutetiketter,
    volym: volymetiketter,
    insatsbudget: insatsbudgetetiketter({
        planeratAntal: "",
        poster: [nyPost()],
        version: 0,
        insatsId: "",
        ar: "",
    }),
    organisationsbudget: organisationsbudgetetiketter({
        finansiering: [nyFinansiering()],
        administrativaKostnader: [nyKostnad()],
        version: 0,
        organisationId: "",
        ar: "",
    }),
    allasVolym: radetiketter(allas),
    allasBudget: radetiketter(allas),
    oppning: oppningsetiketter,
    // These have their labels in the page.
    sok: { "/personnummer": "Personnummer" },
    inloggning: {
        "/personnummer": "Personnummer",
        "/huvudlosenord": "Masterlösenord",
    },
    sokning: { [sokfalt]: "Namn eller personnummer" },
    aterkallelse: aterkallelseetiketter,
    logg: loggetiketter,
};
export type Form = keyof typeof formular;

/** Where a form says what the server says elsewhere. */
export const flyttas: Partial<
    Record<Form, (fel: readonly Faltfel[]) => readonly Faltfel[]>
> = {
    in: (fel) => vidFragorna(fel, [{ fragaId: fraga.id }]),
    ut: (fel) => vidAnledningen(vidFragorna(fel, [{ fragaId: fraga.id }])),
    sokning: vidSokfaltet,
    allasVolym: (fel) => allasDel("volym").flatMap((a) => vidCellen(a, fel)),
    allasBudget: (fel) =>
        allasDel("insatsbudget").flatMap((a) =>
            vidCellen(a, fel, insatsbudget.poster),
        ),
};

/** A form, and the pointers of its fields. */
type Falt = [form: Form, ...pekare: string[]];

const mattillfalle: Falt[] = [
    ["in", "/startdag"],
    ["ut", "/avslutningsdag"],
];
const bada = (falt: string): Falt[] => [
    ["in", `/fore/${falt}`],
    ["ut", `/efter/${falt}`],
];
const svaret = (falt: string): Falt[] => [
    ["in", `/svar/0${falt}`],
    ["ut", `/svar/0${falt}`],
];
const samtycken = (falt: string): Falt[] => [
    ["samtycke", falt],
    ["rattatSamtycke", falt],
];
const procent: Falt[] = [
    ["in", "/fore/arbetarProcent", "/fore/studerarProcent"],
    ["ut", "/efter/arbetarProcent", "/efter/studerarProcent"],
];
const nummer: Falt[] = [
    ["sok", "/personnummer"],
    ["samtycke", "/personnummer"],
    ["sokning", "/personnummer"],
    ["inloggning", "/personnummer"],
    ["aterkallelse", "/personnummer"],
    ["logg", "/personnummer"],
];
const fritext: Falt[] = [
    ["organisation", "/namn", "/beskrivning"],
    ["myndighet", "/namn"],
    ["nyKod", "/etikett"],
    ["kod", "/etikett"],
    ["insats", "/namn", "/beskrivning", "/insatsanordnare"],
    ["in", "/skal"],
    ["ut", "/skal"],
    ["rattatSamtycke", "/skal"],
    ["aterkallelse", "/arende"],
    ["insatsbudget", "/poster/0/beskrivning"],
    [
        "organisationsbudget",
        "/finansiering/0/beskrivning",
        "/administrativaKostnader/0/beskrivning",
    ],
    ["oppning", "/skal"],
];
const beloppen: Falt[] = [
    ["insatsbudget", "/poster/0/budget", "/poster/0/utfall"],
    ["allasBudget", "/poster/0/budget", "/poster/0/utfall"],
    [
        "organisationsbudget",
        "/finansiering/0/belopp",
        "/administrativaKostnader/0/budget",
        "/administrativaKostnader/0/utfall",
    ],
];

const kodfalt = (falt: string): Falt[] => [
    ["nyKod", falt],
    ["kod", falt],
];
const kodensForsta: Falt[] = [
    ["nyKod", "/giltigFran"],
    ["kod", "/gallerFran"],
];

/** The first row of an organisation's form. */
const ingaende = "/ingaendeOrganisationer/0";

/** No form has the field, and why. */
const utanFalt = {
    samtycke: "samtycket är adressens: det sägs, och har ingen länk",
    oandrad: "formuläret sänder det som det är, eller låter inte ändra det",
    anvandare: "användare och klienter läggs upp från kommandoraden",
    aret: "året är adressens och väljs bland dem som finns: det sägs, och har ingen länk",
    listan: "formuläret lägger inte till fler, och ritar kostnader bara för ett förbund",
    koppling: "den andra insatsen är sidans, och sägs utan fält",
    svaren: "gäller svaren som helhet, och leder till deras del: fragesvar.spec.ts",
    frageordning: "frågor flyttas en i taget, och ordningen är alltid hel",
    annatSvar: "formuläret sänder bara det som svarstypen tar",
};

export const regler: Record<string, Falt[] | string> = {
    "anonyma ar framtida-ar": [["anonyma", "/inregistreringsar"]],
    "anonyma ar utanfor-insatsen": [["anonyma", "/inregistreringsar"]],
    "anonyma ar efter-sista-registreringsdag": [
        ["anonyma", "/inregistreringsar"],
    ],
    "anonyma /antalKvinnor inget-antal": [["anonyma", "/antalKvinnor"]],
    "anonyma pekare utanfor-granser": [
        ["anonyma", "/antalKvinnor", "/antalMan"],
    ],

    "deltagande /samtyckeId samtycke-framtid": utanFalt.samtycke,
    "deltagande /samtyckeId samtycke-anvant": utanFalt.samtycke,
    "deltagande /startdag startdag-efter-avslutning": [["in", "/startdag"]],
    "deltagande /startdag efter-sista-registreringsdag": [["in", "/startdag"]],
    "deltagande /startdag fore-fodelsen": [["in", "/startdag"]],
    "deltagande /stadsdel okand-kod": [["in", "/stadsdel"]],
    "deltagande /stadsdel stadsdel-utanfor": [["in", "/stadsdel"]],
    "deltagande /utbildningsniva okand-kod": [["in", "/utbildningsniva"]],
    "deltagande /arOffentligForsorjning utanfor-granser": [
        ["in", "/arOffentligForsorjning"],
    ],
    "deltagande /avslutningsdag avslutning-fore-start": [
        ["ut", "/avslutningsdag"],
    ],
    "deltagande /avslutsanledning okand-kod": [["ut", "/avslutsanledning"]],
    "deltagande /avslutsanledning endast-aterkallelse":
        "koden finns inte i listan: den sätts av en återkallelse",
    "deltagande /efter efter-utan-matning": [["ut", "/efter"]],
    "deltagande /svar efter-utan-matning": [["ut", "/svar"]],
    "deltagande /efter obligatoriskt": [["ut", "/efter"]],
    "sysselsattning pekare obligatoriskt": procent,
    "deltagande pekare obligatoriskt": [
        ...mattillfalle,
        ["samtycke", "/datum", "/mognadsbedomning/datum"],
    ],
    "deltagande pekare framtida-dag": [
        ...mattillfalle,
        ["samtycke", "/datum", "/mognadsbedomning/datum"],
    ],
    "deltagande pekare utanfor-organisationen": mattillfalle,
    "deltagande pekare utanfor-insatsen": mattillfalle,
    'sysselsattning p+"/forsorjning" obligatoriskt': bada("forsorjning"),
    'sysselsattning element(p+"/forsorjning", i) okand-kod':
        bada("forsorjning/1"),
    'sysselsattning p+"/forsorjning" forsorjning-utesluter':
        bada("forsorjning"),
    'sysselsattning p+"/arbetstyper" obligatoriskt': bada("arbetstyper"),
    'sysselsattning p+"/arbetstyper" bara-med-ja': bada("arbetstyper"),
    'sysselsattning element(p+"/arbetstyper", i) okand-kod':
        bada("arbetstyper/0"),
    "sysselsattning pekare bara-med-ja": procent,
    "sysselsattning pekare utanfor-granser": procent,

    "belopp pekare belopp-for-stort": beloppen,
    "belopp pekare belopp-negativt": beloppen,
    "budgetar pekare utanfor-insatsen": utanFalt.aret,
    "budgetar pekare utanfor-organisationen": utanFalt.aret,
    "budgetar pekare efter-sista-registreringsdag": utanFalt.aret,
    "budgetar pekare framtida-ar": [
        ["insatsbudget", "/poster/0/utfall"],
        ["organisationsbudget", "/administrativaKostnader/0/utfall"],
    ],
    "insatsbudget /poster for-manga": utanFalt.listan,
    'insatsbudget pekare+"/budgettyp" okand-kod': [
        ["insatsbudget", "/poster/0/budgettyp"],
    ],
    'insatsbudget pekare+"/organisation" organisation-pa-post':
        "fältet ritas bara i tvåpartsfinsam",
    'insatsbudget pekare+"/organisation" okand-kod':
        "fältet ritas bara i tvåpartsfinsam: budget.spec.ts",
    "organisationsbudget /finansiering for-manga": utanFalt.listan,
    "organisationsbudget /administrativaKostnader for-manga": utanFalt.listan,
    "organisationsbudget /administrativaKostnader administration-bara-finsam":
        utanFalt.listan,
    'organisationsbudget pekare+"/finansiar" inte-finansiar': [
        ["organisationsbudget", "/finansiering/0/finansiar"],
    ],
    'organisationsbudget pekare+"/beskrivning" eget-kapital': [
        ["organisationsbudget", "/finansiering/0/beskrivning"],
    ],
    'organisationsbudget pekare+"/kostnadstyp" okand-kod': [
        ["organisationsbudget", "/administrativaKostnader/0/kostnadstyp"],
    ],
    "organisationsbudget /ingaendeOrganisationer finansiar-har-poster":
        "gäller listan som helhet, och sägs i rutan överst",
    "volym pekare utanfor-granser": [
        ["volym", "/antalKvinnor", "/antalMan", "/uppgiftSaknas"],
        ["insatsbudget", "/planeratAntal"],
        ["allasVolym", "/antalKvinnor", "/antalMan", "/uppgiftSaknas"],
        ["allasBudget", "/planeratAntal"],
    ],

    "deltagandesokning /namn sokord-saknas": [["sokning", "/namn"]],
    "deltagandesokning /namn for-kort": [["sokning", "/namn"]],

    "falt pekare obligatoriskt": fritext,
    "falt pekare for-langt": fritext,
    "falt pekare ogiltigt-tecken": fritext,
    "falt pekare osynligt-tecken": fritext,
    "falt pekare innehaller-personnummer": fritext,
    'falt fmt.Sprintf("%s/%d", pekare, i) dubblett': [
        ...bada("forsorjning/1"),
        ...bada("arbetstyper/1"),
        ["insats", "/malgrupper/1"],
        ["organisation", "/kommuner/1"],
    ],
    "falt pekare epost-format": [
        ["organisation", "/adress/epost", "/kontaktperson/epost"],
        ["insats", "/kontaktperson/epost"],
    ],
    "falt pekare telefon-format": [
        ["organisation", "/adress/telefon", "/kontaktperson/telefon"],
        ["insats", "/kontaktperson/telefon"],
    ],

    "insatskoppling /insatsId okand-kod": utanFalt.koppling,
    "insatskoppling /insatsId koppling-egen": utanFalt.koppling,
    "insatskoppling /insatsId koppling-utan-tid": utanFalt.koppling,
    "insats /organisationId oforanderlig": [["insats", "/organisationId"]],
    "insats /startdatum utanfor-organisationen": [["insats", "/startdatum"]],
    "insats /slutdatum utanfor-organisationen": [["insats", "/slutdatum"]],
    "insats /inriktning okand-kod": [["insats", "/inriktning"]],
    "insatsrad /preciseradInriktning okand-kod": [
        ["insats", "/preciseradInriktning"],
    ],
    "insatsrad /preciseradInriktning fel-inriktning": [
        ["insats", "/preciseradInriktning"],
    ],
    "insats /deltagarregistrering okand-kod": [
        ["insats", "/deltagarregistrering"],
    ],
    'insatsrad element("/malgrupper", n) okand-kod': [
        ["insats", "/malgrupper/1"],
    ],
    "insatsrad /gallerFran manadens-forsta": [["insats", "/gallerFran"]],
    "insatsrad /gallerFran utanfor-insatsen": [["insats", "/gallerFran"]],
    "insats /gallerFran galler-fran-ny": utanFalt.oandrad,
    "insats /inmatningsorganisation inte-medlem": [
        ["insats", "/inmatningsorganisation"],
    ],
    "insats /deltagarregistrering insats-last": [
        ["insats", "/deltagarregistrering"],
    ],
    "insats /inriktning insats-last": [["insats", "/inriktning"]],
    // What an insats and an organisation share.
    "samverkansorganisation /startdatum obligatoriskt": [
        ["insats", "/startdatum"],
        ["organisation", "/startdatum"],
    ],
    "samverkansorganisation /slutdatum slut-fore-start": [
        ["insats", "/slutdatum"],
        ["organisation", "/slutdatum"],
    ],
    "samverkansorganisation /slutdatum slutdatum-fore-registrerat": [
        ["insats", "/slutdatum"],
        ["organisation", "/slutdatum"],
    ],
    "samverkansorganisation /startdatum startdatum-efter-registrerat": [
        ["insats", "/startdatum"],
        ["organisation", "/startdatum"],
    ],
    "samverkansorganisation /gallerFran galler-fran-ny": utanFalt.oandrad,
    "samverkansorganisation /verksamhetsomrade verksamhetsomrade-last":
        utanFalt.oandrad,
    "samverkansorganisation /samverkansform oforanderlig": utanFalt.oandrad,
    "samverkansorganisation /startdatum startdatum-last": utanFalt.oandrad,
    "samverkansorganisation /organisationsnummer organisationsnummer-finns": [
        ["organisation", "/organisationsnummer"],
    ],
    "samverkansorganisation /samverkansform af-fk-tva": [
        ["organisation", "/samverkansform"],
    ],
    "samverkansorganisation /samverkansform okand-kod": [
        ["organisation", "/samverkansform"],
    ],
    "samverkansorganisation /rapporteringsdag utanfor-granser": [
        ["organisation", "/rapporteringsdag"],
    ],
    "samverkansorganisation /adress/postnummer postnummer-format": [
        ["organisation", "/adress/postnummer"],
    ],
    "samverkansorganisation /verksamhetsomrade okand-kod": [
        ["organisation", "/verksamhetsomrade"],
    ],
    "samverkansorganisation /kommuner obligatoriskt": [
        ["organisation", "/kommuner"],
    ],
    'samverkansorganisation element("/kommuner", i) okand-kod': [
        ["organisation", "/kommuner/0"],
    ],
    'samverkansorganisation element("/stadsdelar", i) okand-kod': [
        ["organisation", "/stadsdelar/0"],
    ],
    'samverkansorganisation element("/stadsdelar", i) stadsdel-utanfor': [
        ["organisation", "/stadsdelar/0"],
    ],
    "samverkansorganisation pekare organisationsnummer": [
        ["organisation", "/organisationsnummer"],
        ["myndighet", "/organisationsnummer"],
    ],
    "organisationsrad /gallerFran manadens-forsta": [
        ["organisation", "/gallerFran"],
    ],
    "organisationsrad /gallerFran galler-fran-forfluten": [
        ["organisation", "/gallerFran"],
    ],
    "organisationsrad /gallerFran galler-fran-fore-start": [
        ["organisation", "/gallerFran"],
    ],

    'ingaende p+"/organisationsnummer" myndighet-saknas': [
        ["organisation", `${ingaende}/organisationsnummer`],
    ],
    'ingaende p+"/typ" okand-kod': [["organisation", `${ingaende}/typ`]],
    'ingaende p+"/konsument" forbund-konsument': [
        ["organisation", `${ingaende}/konsument`],
    ],
    'ingaende p+"/giltigTom" slut-fore-start': [
        ["organisation", `${ingaende}/giltigTom`],
    ],
    'ingaende p+"/giltigTom" utanfor-organisationen': [
        ["organisation", `${ingaende}/giltigTom`],
    ],
    'ingaende p+"/giltigFran" utanfor-organisationen': [
        ["organisation", `${ingaende}/giltigFran`],
    ],
    'ingaende p+"/organisationsnummer" dubblett': [
        ["organisation", `${ingaende}/organisationsnummer`],
    ],
    'ingaende p+"/giltigFran" ingaende-overlappar': [
        ["organisation", `${ingaende}/giltigFran`],
    ],

    "kodandring /kod kod-format": [["nyKod", "/kod"]],
    "kodandring /kod kod-finns": [["nyKod", "/kod"]],
    "kodandring /giltigTom slut-fore-start": kodfalt("/giltigTom"),
    "kodandring /gallerFran fore-senaste-raden": [["kod", "/gallerFran"]],
    "kodandring /gallerFran kod-anvands": [["kod", "/gallerFran"]],
    "kodandring /giltigTom kod-anvands": [["kod", "/giltigTom"]],
    "kodandring /giltigTom kod-styrande": [["kod", "/giltigTom"]],
    "kodandring /utanMatning kod-styrande": [["kod", "/utanMatning"]],
    "kodandring /utesluts kod-styrande": [["kod", "/utesluts"]],
    "kodandring flagga.pekare kod-styrande": [["kod", "/utesluts"]],
    "kodandring /etikett obligatoriskt": kodfalt("/etikett"),
    "kodandring /etikett etikett-finns": kodfalt("/etikett"),
    "kodandring /ordning utanfor-granser": kodfalt("/ordning"),
    "kodandring /exklusiv fel-betydelse": utanFalt.oandrad,
    "kodandring /utanMatning fel-betydelse": utanFalt.oandrad,
    "kodandring /utesluts fel-betydelse": utanFalt.oandrad,
    "kodandring pekare obligatoriskt": [["nyKod", "/giltigFran"]],
    "kodandring pekare forfluten-dag": kodensForsta,
    "kodandring pekare manadens-forsta": kodensForsta,
    "kodandring /tillhor fel-tillhor": [["nyKod", "/tillhor"]],

    "myndighet /organisationsnummer oforanderlig": utanFalt.oandrad,
    "myndighet /typ okand-kod": [["myndighet", "/typ"]],
    "myndighet /organisationsnummer myndighet-finns": [
        ["myndighet", "/organisationsnummer"],
    ],

    // The browser's own «Personnumret stämmer inte» comes before those it can see.
    "personnummer /personnummer personnummer-format": nummer,
    "personnummer /personnummer personnummer-datum": nummer,
    "personnummer /personnummer personnummer-lopnummer": nummer,
    "personnummer /personnummer personnummer-kontrollsiffra": nummer,
    "personnummer /personnummer personnummer-framtid": nummer,

    "overlapp pekare overlappar": mattillfalle,

    "rapport /samverkansform okand-kod": [["urval", "/samverkansform"]],
    "rapport /budgetar budgetar": [["urval", "/budgetar"]],
    "rapport /verksamhetsomrade okand-kod": [["urval", "/verksamhetsomrade"]],
    "rapport /kon okand-kod": [["urval", "/kon"]],
    "rapport /lan okand-kod": [["urval", "/lan"]],
    "rapport /insatsId annan-organisation": [["urval", "/insatsId"]],
    "rapport falt annan-samverkansform": [
        ["urval", "/insatsId", "/organisationId"],
    ],
    "rapport falt annat-verksamhetsomrade": [
        ["urval", "/insatsId", "/organisationId"],
    ],
    "rapport falt annat-lan": [["urval", "/insatsId", "/organisationId"]],

    "fraga /tillOchMed fraga-besvarad": [["fraga", "/tillOchMed"]],
    "fraga /namn fraga-finns": [["fraga", "/namn"]],
    "fraga /svar fraga-andrad": utanFalt.svaren,
    'fraga element("/fragor", i) dubblett': utanFalt.frageordning,
    'fraga element("/fragor", i) okand-kod': utanFalt.frageordning,
    "fraga /fragor for-fa": utanFalt.frageordning,
    "fraga /tillOchMed slut-fore-start": [["fraga", "/tillOchMed"]],
    "fraga /franOchMed utanfor-organisationen": [["fraga", "/franOchMed"]],
    "fraga /vidIn obligatoriskt": [["fraga", "/vidIn"]],
    "fraga /alternativ fel-svarstyp": utanFalt.annatSvar,
    "fraga /alternativ for-fa": [["fraga", "/alternativ"]],
    "fraga /alternativ for-manga": [["fraga", "/alternativ"]],
    "fraga /hogst for-litet": utanFalt.annatSvar,
    "fraga pekare fel-svarstyp": utanFalt.annatSvar,
    "fraga pekare obligatoriskt": utanFalt.annatSvar,
    "fraga pekare utanfor-granser": utanFalt.annatSvar,

    'fragesvar p+"/fragaId" dubblett': svaret("/fragaId"),
    'fragesvar p+"/fragaId" fraga-stalls-inte': svaret("/fragaId"),
    'fragesvar p+"/fragaId" fraga-andrad': svaret("/fragaId"),
    'fragesvar p+"/koder" fel-svarstyp': svaret("/koder"),
    'fragesvar p+"/tal" obligatoriskt': svaret("/tal"),
    'fragesvar p+"/tal" utanfor-granser': svaret("/tal"),
    'fragesvar p+"/tal" fel-svarstyp': svaret("/tal"),
    'fragesvar p+"/koder" obligatoriskt': svaret("/koder"),
    'fragesvar p+"/koder" for-manga': svaret("/koder"),
    'fragesvar element(p+"/koder", i) okand-kod': svaret("/koder/0"),

    "uppdrag /anvandareId okand-kod": [["uppdrag", "/anvandareId"]],
    "uppdrag /anvandareId mottagaren-saknar-behorighet": [
        ["uppdrag", "/anvandareId"],
    ],
    "uppdrag /anvandareId arbetsgivaren-inte-medlem": [
        ["uppdrag", "/anvandareId"],
    ],
    "uppdrag pekare uppdrag-finns": [
        ["uppdrag", "/anvandareId"],
        ["uppdragsslut", "/tillOchMed"],
    ],
    "uppdrag /franOchMed forfluten-dag": [["uppdrag", "/franOchMed"]],
    "uppdrag pekare utanfor-organisationen": [
        ["uppdrag", "/franOchMed"],
        ["uppdragsslut", "/tillOchMed"],
    ],
    "uppdrag pekare utanfor-insatsen": [
        ["uppdrag", "/franOchMed"],
        ["uppdragsslut", "/tillOchMed"],
    ],
    "uppdrag /tillOchMed slut-fore-start": [
        ["uppdrag", "/tillOchMed"],
        ["uppdragsslut", "/tillOchMed"],
    ],
    "uppdrag /tillOchMed forfluten-dag": [["uppdragsslut", "/tillOchMed"]],
    "uppdrag /tillOchMed mottagaren-saknar-behorighet": [
        ["uppdragsslut", "/tillOchMed"],
    ],
    "uppdrag /tillOchMed arbetsgivaren-inte-medlem": [
        ["uppdragsslut", "/tillOchMed"],
    ],

    "samtycke /personnummer obligatoriskt": [["samtycke", "/personnummer"]],
    "samtycke /personnummer personnummer-okant": [
        ["samtycke", "/personnummer"],
    ],
    "samtycke /personnummer personnummer-ersatt": [
        ["samtycke", "/personnummer"],
    ],
    "samtycke /personnummer personnummer-avregistrerat": [
        ["samtycke", "/personnummer"],
    ],
    "samtycke /datum utanfor-organisationen": samtycken("/datum"),
    "samtycke /blankett okand-kod": samtycken("/blankett"),
    "samtycke /arende fel-form": [["aterkallelse", "/arende"]],
    "samtycke /sprak okand-kod": samtycken("/sprak"),
    "samtycke /satt okand-kod": samtycken("/satt"),
};

/** Of these the whole file is of what the browser has no form for, but for what is listed above. */
export const utanForm: Record<string, string> = {
    anvandare: utanFalt.anvandare,
    behorighet: utanFalt.anvandare,
};

export const nyckel = (r: Faltregel): string =>
    `${r.fil} ${r.pekare} ${r.regel}`;
/** The rules that meet a form. */
export const moten = Object.entries(regler).flatMap(([namn, falt]) =>
    typeof falt === "string" ? [] : [{ namn, falt }],
);
