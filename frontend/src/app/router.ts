import { nextTick, shallowRef } from "vue";
import {
    NavigationFailureType,
    type RouteLocationNormalized,
    type RouteRecordRaw,
    type Router,
    createRouter,
    createWebHistory,
    isNavigationFailure,
} from "vue-router";
import { inomSus, rutt } from "@/shared/adresser";
import type { Roll } from "@/shared/api/typer";
import { hamtaSession, sessionen } from "@/shared/session/session";
import { glomBesked } from "@/shared/ui/besked";
import { markeraSidbyte } from "@/shared/ui/sidbyte";

declare module "vue-router" {
    interface RouteMeta {
        /** Shown to anybody, also to who is not logged in. */
        offentlig?: boolean;
        /** Who may see the page; undefined: everybody who is logged in. */
        roller?: Roll[];
        /** The choice in the menu that is lit. */
        meny?: string;
    }
}

const deltagaransvarig: Roll[] = ["DELTAGARANSVARIG"];
/** Those who can be of an organisation, and Försäkringskassan. */
const budgetlasare: Roll[] = [
    "SAMVERKANSADMINISTRATOR",
    "INSATSANSVARIG",
    "DELTAGARANSVARIG",
    "SYSTEMFORVALTARE",
];

export const rutter: RouteRecordRaw[] = [
    {
        path: rutt("startsida"),
        name: "startsida",
        component: () => import("@/features/startsida/Startsida.vue"),
        meta: { meny: "startsida" },
    },
    {
        path: rutt("logga-in"),
        name: "logga-in",
        component: () => import("@/features/inloggning/InloggningSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: rutt("demo"),
        name: "demo",
        component: () => import("@/features/inloggning/DemoSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: rutt("tillganglighet"),
        name: "tillganglighet",
        component: () => import("@/features/om/TillganglighetSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: rutt("hjalp"),
        name: "hjalp",
        component: () => import("@/features/om/HjalpSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: rutt("deltagande"),
        name: "deltagande",
        component: () => import("@/features/deltagande/DeltagandeMeny.vue"),
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("deltagande-ett"),
        name: "deltagande-ett",
        component: () => import("@/features/deltagande/DeltagandeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("samtycke"),
        name: "samtycke",
        component: () => import("@/features/samtycke/SamtyckeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("samtycke-ratta"),
        name: "samtycke-ratta",
        component: () => import("@/features/samtycke/RattaSamtyckeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("insatser"),
        name: "insatser",
        component: () => import("@/features/insats/InsatserSida.vue"),
        meta: { meny: "insats" },
    },
    {
        path: rutt("insats-ny"),
        name: "insats-ny",
        component: () => import("@/features/insats/AndraInsatsSida.vue"),
        meta: { meny: "insats", roller: ["SAMVERKANSADMINISTRATOR"] },
    },
    {
        path: rutt("insats"),
        name: "insats",
        component: () => import("@/features/insats/InsatsSida.vue"),
        props: true,
        meta: { meny: "insats" },
    },
    {
        path: rutt("insats-andra"),
        name: "insats-andra",
        component: () => import("@/features/insats/AndraInsatsSida.vue"),
        props: true,
        meta: {
            meny: "insats",
            roller: ["SAMVERKANSADMINISTRATOR", "INSATSANSVARIG"],
        },
    },
    {
        path: rutt("insats-uppdrag"),
        name: "insats-uppdrag",
        component: () => import("@/features/uppdrag/UppdragSida.vue"),
        props: true,
        meta: {
            meny: "insats",
            roller: [
                "SAMVERKANSADMINISTRATOR",
                "INSATSANSVARIG",
                "SYSTEMFORVALTARE",
            ],
        },
    },
    {
        path: rutt("organisation-fragor"),
        name: "organisation-fragor",
        component: () => import("@/features/fraga/FragorSida.vue"),
        props: true,
        meta: { meny: "samverkansorganisation" },
    },
    {
        path: rutt("insats-budget"),
        name: "insats-budget",
        component: () => import("@/features/budget/InsatsbudgetSida.vue"),
        props: true,
        meta: { meny: "insats", roller: budgetlasare },
    },
    {
        path: rutt("insats-volym"),
        name: "insats-volym",
        component: () => import("@/features/volym/VolymSida.vue"),
        props: true,
        meta: { meny: "insats", roller: budgetlasare },
    },
    {
        path: rutt("organisation-budget"),
        name: "organisation-budget",
        component: () =>
            import("@/features/budget/OrganisationsbudgetSida.vue"),
        props: true,
        meta: { meny: "samverkansorganisation", roller: budgetlasare },
    },
    {
        path: rutt("organisation-insatser"),
        name: "organisation-insatser",
        component: () => import("@/features/volym/AllaInsatserSida.vue"),
        props: true,
        meta: { meny: "samverkansorganisation", roller: budgetlasare },
    },
    {
        path: rutt("organisation-ny"),
        name: "organisation-ny",
        component: () =>
            import(
                "@/features/samverkansorganisation/AndraOrganisationSida.vue"
            ),
        meta: { meny: "samverkansorganisation", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: rutt("organisation-andra"),
        name: "organisation-andra",
        component: () =>
            import(
                "@/features/samverkansorganisation/AndraOrganisationSida.vue"
            ),
        props: true,
        meta: {
            meny: "samverkansorganisation",
            roller: ["SAMVERKANSADMINISTRATOR", "SYSTEMFORVALTARE"],
        },
    },
    {
        path: rutt("myndigheter"),
        name: "myndigheter",
        component: () => import("@/features/myndighet/MyndigheterSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: rutt("organisation-uppdrag"),
        name: "organisation-uppdrag",
        component: () => import("@/features/uppdrag/UppdragSida.vue"),
        props: true,
        meta: {
            meny: "samverkansorganisation",
            roller: ["SAMVERKANSADMINISTRATOR", "SYSTEMFORVALTARE"],
        },
    },
    {
        path: rutt("anonyma"),
        name: "anonyma",
        component: () => import("@/features/anonyma/AnonymaSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("samtycken"),
        name: "samtycken",
        component: () => import("@/features/samtycke/SamtyckenSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("aterkalla-i-insats"),
        name: "aterkalla-i-insats",
        component: () => import("@/features/samtycke/AterkallaIInsatsSida.vue"),
        props: true,
        meta: { meny: "insats", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: rutt("registrera"),
        name: "registrera",
        component: () => import("@/features/registrering/RegistreraSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("registrera-in"),
        name: "registrera-in",
        component: () => import("@/features/registrering/RegistreraInSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    ...(["ratta-in", "ut", "ratta-ut"] as const).map((slag) => ({
        path: rutt(`registrera-${slag}`),
        name: `registrera-${slag}`,
        component: () =>
            import("@/features/registrering/RegistreraDeltagandeSida.vue"),
        props: (r: RouteLocationNormalized) => ({ ...r.params, slag }),
        meta: { meny: "deltagande", roller: deltagaransvarig },
    })),
    {
        path: rutt("registrera-klart"),
        name: "registrera-klart",
        component: () => import("@/features/registrering/KlartSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: rutt("samverkansorganisationer"),
        name: "samverkansorganisationer",
        component: () =>
            import("@/features/samverkansorganisation/OrganisationerSida.vue"),
        meta: { meny: "samverkansorganisation" },
    },
    {
        path: rutt("samverkansorganisation"),
        name: "samverkansorganisation",
        component: () =>
            import("@/features/samverkansorganisation/OrganisationSida.vue"),
        props: true,
        meta: { meny: "samverkansorganisation" },
    },
    {
        path: rutt("rapporter"),
        name: "rapporter",
        component: () => import("@/features/rapport/RapporterSida.vue"),
        meta: { meny: "rapporter" },
    },
    {
        path: rutt("rapport"),
        name: "rapport",
        component: () => import("@/features/rapport/RapportSida.vue"),
        props: true,
        meta: { meny: "rapporter" },
    },
    {
        path: rutt("administration"),
        name: "administration",
        component: () =>
            import("@/features/administration/AdministrationSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: rutt("kodverk"),
        name: "kodverk",
        component: () => import("@/features/administration/KodverkSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: rutt("logg"),
        name: "logg",
        component: () => import("@/features/administration/LoggSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: "/:vad(.*)*",
        name: "saknas",
        component: () => import("@/features/om/SaknasSida.vue"),
        meta: { offentlig: true },
    },
];

/** What stands in a field but has not been taken by it yet is taken before the page goes away. */
export function slappFaltet(): void {
    if (
        document.activeElement instanceof HTMLElement &&
        document.activeElement !== document.body
    ) {
        document.activeElement.blur();
    }
}

/** Why the page that was asked for could not be opened, for App to show in its place. */
export const stoppet = shallowRef<{ fel: unknown; igen: () => void }>();

const omladdningsnyckel = "sus-omladdad";

/** The page that was loaded anew; none in a browser that refuses its storage. */
function omladdad(): string | null {
    try {
        return sessionStorage.getItem(omladdningsnyckel);
    } catch {
        return null;
    }
}

function markeraOmladdad(adress: string | undefined): boolean {
    try {
        if (adress === undefined) {
            sessionStorage.removeItem(omladdningsnyckel);
        } else {
            sessionStorage.setItem(omladdningsnyckel, adress);
        }
        return true;
    } catch {
        return false;
    }
}

/** A part of the program that is not there: after a release it has another address. */
const saknadDel =
    /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** The page, loaded anew, knows the new addresses; once for each page, so that it cannot go round. */
async function vidSaknadDel(fel: Error, adress: string): Promise<unknown> {
    try {
        await hamtaSession();
    } catch (utanKontakt) {
        return utanKontakt; // Without contact there would be nothing to load.
    }
    if (omladdad() === adress) {
        return fel;
    }
    if (!markeraOmladdad(adress)) {
        return fel; // Without a mark it could go round.
    }
    window.location.assign(window.location.origin + adress);
    return undefined;
}

/** Another page of a list, or another choice for it, is the same page: it stands still. Back finds its place again. */
export function vartFonstretRullar(
    till: Pick<RouteLocationNormalized, "path">,
    fran: Pick<RouteLocationNormalized, "path">,
    sparad: { left: number; top: number } | null,
): { left?: number; top: number } | false {
    return sparad ?? (till.path === fran.path ? false : { top: 0 });
}

/** A page for everybody has the menu of who is logged in, and none without contact. */
async function visaVem(): Promise<void> {
    if (!sessionen.kand) {
        await hamtaSession().catch(() => undefined);
    }
}

export function skapaRouter(): Router {
    const r = createRouter({
        history: createWebHistory(),
        routes: rutter,
        scrollBehavior: vartFonstretRullar,
    });

    r.beforeEach(async (till, fran) => {
        if (fran.matched.length > 0 && till.path !== fran.path) {
            slappFaltet();
            await nextTick();
            await nextTick();
        }
        if (till.meta.offentlig && till.name !== "logga-in") {
            await visaVem();
            return true;
        }
        const session = sessionen.kand
            ? sessionen.session
            : await hamtaSession();
        if (till.name === "logga-in") {
            return session ? inomSus(till.query["till"]) : true;
        }
        return session
            ? true
            : {
                  name: "logga-in",
                  query: till.fullPath === "/" ? {} : { till: till.fullPath },
              };
    });

    r.onError(async (fel: unknown, till, fran) => {
        const adress = till.fullPath;
        const del = fel instanceof Error && saknadDel.test(fel.message);
        const kvar = del ? await vidSaknadDel(fel, adress) : fel;
        if (kvar === undefined) {
            return;
        }
        if (fran.matched.length > 0) {
            markeraSidbyte();
        }
        stoppet.value = {
            fel: kvar,
            igen: () => {
                if (kvar === fel && del) {
                    window.location.assign(window.location.origin + adress);
                } else {
                    r.push(adress).catch(() => undefined); // shown again
                }
            },
        };
    });

    r.afterEach((till, fran, fel) => {
        // To where one is already is no failure: the page there is shown again.
        if (
            !fel ||
            isNavigationFailure(fel, NavigationFailureType.duplicated)
        ) {
            stoppet.value = undefined;
            if (omladdad() === till.fullPath) {
                markeraOmladdad(undefined);
            }
        }
        if (!fel && fran.matched.length > 0 && till.path !== fran.path) {
            glomBesked();
            markeraSidbyte();
        }
    });
    return r;
}

export const router = skapaRouter();
