import { nextTick } from "vue";
import {
    type RouteLocationNormalized,
    type RouteRecordRaw,
    type Router,
    createRouter,
    createWebHistory,
} from "vue-router";
import type { Roll } from "@/shared/api/typer";
import { hamtaSession, sessionen } from "@/shared/session/session";
import { markeraSidbyte } from "@/shared/ui/sidbyte";

declare module "vue-router" {
    interface RouteMeta {
        /** Shown to anybody, also to who is not logged in. */
        offentlig?: boolean;
        /** Who may see the page; undefined: everybody who is logged in. */
        roller?: Roll[];
        /** The choice in the menu that is lit. */
        meny?: string;
        /** A part that changes inside a page keeps the page: the parameters that make it another. */
        sida?: (til: RouteLocationNormalized) => string;
    }
}

const deltagaransvarig: Roll[] = ["DELTAGARANSVARIG"];

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

    r.afterEach((till, fran, fel) => {
        if (!fel && fran.matched.length > 0 && till.path !== fran.path) {
            markeraSidbyte();
        }
    });
    return r;
}

/** Where to go after the log-in: a path of ours, never another site. */
export function inomSus(till: unknown): string {
    return typeof till === "string" && /^\/(?![/\\])/.test(till) ? till : "/";
}

export { deltagaransvarig };

export const router = skapaRouter();
