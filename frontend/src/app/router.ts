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

/** The form of an id in an address; what has another form is no page. */
const id = "([0-9a-fA-F-]{36})";

export const rutter: RouteRecordRaw[] = [
    {
        path: "/",
        name: "startsida",
        component: () => import("@/features/startsida/Startsida.vue"),
        meta: { meny: "startsida" },
    },
    {
        path: "/logga-in",
        name: "logga-in",
        component: () => import("@/features/inloggning/InloggningSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: "/demo",
        name: "demo",
        component: () => import("@/features/inloggning/DemoSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: "/tillganglighet",
        name: "tillganglighet",
        component: () => import("@/features/om/TillganglighetSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: "/hjalp",
        name: "hjalp",
        component: () => import("@/features/om/HjalpSida.vue"),
        meta: { offentlig: true },
    },
    {
        path: "/deltagande",
        name: "deltagande",
        component: () => import("@/features/deltagande/DeltagandeMeny.vue"),
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/deltaganden/:deltagandeId${id}`,
        name: "deltagande-ett",
        component: () => import("@/features/deltagande/DeltagandeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/samtycken/:samtyckeId${id}`,
        name: "samtycke",
        component: () => import("@/features/samtycke/SamtyckeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/samtycken/:samtyckeId${id}/ratta`,
        name: "samtycke-ratta",
        component: () => import("@/features/samtycke/RattaSamtyckeSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: "/insatser",
        name: "insatser",
        component: () => import("@/features/insats/InsatserSida.vue"),
        meta: { meny: "insats" },
    },
    {
        path: "/insatser/ny",
        name: "insats-ny",
        component: () => import("@/features/insats/AndraInsatsSida.vue"),
        meta: { meny: "insats", roller: ["SAMVERKANSADMINISTRATOR"] },
    },
    {
        path: `/insatser/:insatsId${id}`,
        name: "insats",
        component: () => import("@/features/insats/InsatsSida.vue"),
        props: true,
        meta: { meny: "insats" },
    },
    {
        path: `/insatser/:insatsId${id}/andra`,
        name: "insats-andra",
        component: () => import("@/features/insats/AndraInsatsSida.vue"),
        props: true,
        meta: {
            meny: "insats",
            roller: ["SAMVERKANSADMINISTRATOR", "INSATSANSVARIG"],
        },
    },
    {
        path: `/insatser/:insatsId${id}/anonyma`,
        name: "anonyma",
        component: () => import("@/features/anonyma/AnonymaSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/insatser/:insatsId${id}/samtycken`,
        name: "samtycken",
        component: () => import("@/features/samtycke/SamtyckenSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/insatser/:insatsId${id}/aterkalla`,
        name: "aterkalla-i-insats",
        component: () => import("@/features/samtycke/AterkallaIInsatsSida.vue"),
        props: true,
        meta: { meny: "insats", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: `/insatser/:insatsId${id}/registrera`,
        name: "registrera",
        component: () => import("@/features/registrering/RegistreraSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: `/insatser/:insatsId${id}/registrera/in/:samtyckeId${id}`,
        name: "registrera-in",
        component: () => import("@/features/registrering/RegistreraInSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    ...(["ratta-in", "ut", "ratta-ut"] as const).map((slag) => ({
        path: `/insatser/:insatsId${id}/registrera/${slag}/:deltagandeId${id}`,
        name: `registrera-${slag}`,
        component: () =>
            import("@/features/registrering/RegistreraDeltagandeSida.vue"),
        props: (r: RouteLocationNormalized) => ({ ...r.params, slag }),
        meta: { meny: "deltagande", roller: deltagaransvarig },
    })),
    {
        path: `/insatser/:insatsId${id}/registrera/klart/:deltagandeId${id}`,
        name: "registrera-klart",
        component: () => import("@/features/registrering/KlartSida.vue"),
        props: true,
        meta: { meny: "deltagande", roller: deltagaransvarig },
    },
    {
        path: "/samverkansorganisationer",
        name: "samverkansorganisationer",
        component: () =>
            import("@/features/samverkansorganisation/OrganisationerSida.vue"),
        meta: { meny: "samverkansorganisation" },
    },
    {
        path: `/samverkansorganisationer/:organisationId${id}`,
        name: "samverkansorganisation",
        component: () =>
            import("@/features/samverkansorganisation/OrganisationSida.vue"),
        props: true,
        meta: { meny: "samverkansorganisation" },
    },
    {
        path: "/rapporter",
        name: "rapporter",
        component: () => import("@/features/rapport/RapporterSida.vue"),
        meta: { meny: "rapporter" },
    },
    {
        path: "/rapporter/deltagarrapport/forsorjning",
        name: "forsorjning",
        component: () => import("@/features/rapport/ForsorjningSida.vue"),
        meta: { meny: "rapporter" },
    },
    {
        path: "/administration",
        name: "administration",
        component: () =>
            import("@/features/administration/AdministrationSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: "/administration/kodverk",
        name: "kodverk",
        component: () => import("@/features/administration/KodverkSida.vue"),
        meta: { meny: "administration", roller: ["SYSTEMFORVALTARE"] },
    },
    {
        path: "/administration/logg",
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
        scrollBehavior: (_till, _fran, sparad) => sparad ?? { top: 0 },
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

/** Where to go after the log-in: a path of ours, never another site, as the browser itself reads it. */
export function inomSus(till: unknown): string {
    if (typeof till !== "string" || !till.startsWith("/")) {
        return "/";
    }
    const sus = window.location.origin;
    if (!URL.canParse(till, sus)) {
        return "/";
    }
    const u = new URL(till, sus);
    return u.origin === sus && !u.pathname.startsWith("//")
        ? u.pathname + u.search + u.hash
        : "/";
}

export const router = skapaRouter();
