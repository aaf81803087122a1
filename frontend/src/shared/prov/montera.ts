import { ValidationPlugin } from "@fkui/vue";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { type Component, createApp, nextTick } from "vue";
import { type Router, createMemoryHistory, createRouter } from "vue-router";
import { vi } from "vitest";
import { vagar } from "@/shared/adresser";
import { fragor } from "@/shared/api/fragor";
import { api, sessionsapi } from "@/shared/api/klient";
import { ProblemFel } from "@/shared/api/problem";
import type { Faltfel, Roll, Schema } from "@/shared/api/typer";
import { hamtaSession } from "@/shared/session/session";
import { glomBesked } from "@/shared/ui/besked";
import { RouterView } from "vue-router";

/** What a mounted page asked the server for. */
export interface Anrop {
    metod: "GET" | "POST";
    vag: string;
    params: {
        query?: Record<string, unknown>;
        path?: Record<string, string>;
        header?: Record<string, string>;
    };
    body?: unknown;
}

/** Answers as the server does: what is thrown is a refusal. */
export type Server = (a: Anrop) => unknown;

/** A refusal, as it comes through the client. */
export function nekande(
    status: number,
    regel: string,
    detail: string,
    fel: Faltfel[] = [],
): ProblemFel {
    return new ProblemFel({
        type: `https://sus.forsakringskassan.se/fel/${regel}`,
        title: "Nekat",
        status,
        detail,
        instance: "/v1",
        regel,
        fel,
    });
}

export const idag = "2026-03-02";

/** What a deltagaransvarig of these insatser has. */
export function uppdragI(...insatser: string[]): Schema<"Uppdrag">[] {
    return insatser.map((insatsId) => ({
        roll: "DELTAGARANSVARIG",
        organisationId: "org",
        organisation: "Förbundet",
        insatsId,
        insats: "Insatsen",
    }));
}

async function loggaIn(
    roll: Roll,
    uppdrag: Schema<"Jag">["uppdrag"],
): Promise<void> {
    vi.spyOn(sessionsapi, "GET").mockResolvedValue({
        data: {
            csrf: "ett",
            jag: {
                id: "jag",
                behorigheter: [
                    {
                        roll,
                        franOchMed: "2026-01-01",
                        tillOchMed: "2026-12-31",
                    },
                ],
                uppdrag,
                scopes: [],
            },
            idag,
            giltigTill: "2026-03-02T20:00:00Z",
            vilarTill: "2026-03-02T08:30:00Z",
            demo: false,
        },
        response: new Response(),
    });
    await hamtaSession();
}

export interface Monterad {
    router: Router;
    /** What was asked for, in order. */
    anrop: Anrop[];
    /** The page is taken away, as when one goes elsewhere or loads it anew. */
    bort: () => void;
}

/** A page of the router's, mounted in this document, with a server that is a function. */
export async function montera(
    sida: Component,
    {
        vag,
        rutt,
        roll,
        uppdrag = [],
        server,
    }: {
        vag: string;
        rutt: string;
        roll: Roll;
        uppdrag?: Schema<"Jag">["uppdrag"];
        server: Server;
    },
): Promise<Monterad> {
    // What jsdom lacks, and the pages use.
    vi.stubGlobal(
        "ResizeObserver",
        class {
            observe = vi.fn();
            unobserve = vi.fn();
            disconnect = vi.fn();
        },
    );
    Element.prototype.scrollIntoView = vi.fn();
    window.scrollTo = vi.fn();

    const anrop: Anrop[] = [];
    for (const metod of ["GET", "POST"] as const) {
        const svara = async (v: string, init: Omit<Anrop, "metod" | "vag">) => {
            const a = { metod, vag: v, params: init.params, body: init.body };
            anrop.push(a);
            return { data: await server(a), response: new Response() };
        };
        vi.spyOn(api, metod).mockImplementation(svara as never);
    }
    await loggaIn(roll, uppdrag);
    const router = createRouter({
        history: createMemoryHistory(),
        routes: [
            { path: rutt, component: sida, props: true },
            { path: "/:annat(.*)*", component: { render: () => null } },
            {
                path: vagar.insats,
                name: "insats",
                component: { render: () => null },
            },
            {
                path: vagar["registrera-klart"],
                name: "registrera-klart",
                component: { render: () => null },
            },
            {
                path: vagar["deltagande-ett"],
                name: "deltagande-ett",
                component: { render: () => null },
            },
            {
                path: vagar["logga-in"],
                name: "logga-in",
                component: { render: () => null },
            },
            {
                path: vagar.samverkansorganisation,
                name: "samverkansorganisation",
                component: { render: () => null },
            },
        ],
    });
    router.afterEach((till, fran) => {
        if (till.path !== fran.path) {
            glomBesked();
        }
    });
    await router.push(vag);
    document.body.innerHTML = "<main id=innehall></main>";
    const app = createApp(RouterView);
    app.use(ValidationPlugin)
        .use(VueQueryPlugin, { queryClient: fragor })
        .use(router);
    app.mount("#innehall");
    await lugn();
    return {
        router,
        anrop,
        bort() {
            app.unmount();
            fragor.clear();
        },
    };
}

/** The page has done what it had to. */
export async function lugn(): Promise<void> {
    for (let i = 0; i < 10; i++) {
        await new Promise((klar) => setTimeout(klar, 0));
        await nextTick();
    }
}

export function falt(id: string): HTMLInputElement {
    const e = document.querySelector<HTMLInputElement>(`#falt-${id}`);
    if (!e) {
        throw new Error(`fältet ${id} finns inte`);
    }
    return e;
}

/** Types a value, as a person does it: the field has the focus. */
export async function skriv(id: string, text: string): Promise<void> {
    const e = falt(id);
    e.focus();
    e.value = text;
    e.dispatchEvent(new Event("input", { bubbles: true }));
    e.dispatchEvent(new Event("change", { bubbles: true }));
    e.blur();
    await lugn();
}

export function del(namn: string): HTMLElement | null {
    return document.querySelector<HTMLElement>(`[data-test="${namn}"]`);
}

export async function tryck(namn: string): Promise<void> {
    const e = del(namn);
    if (!e) {
        throw new Error(`${namn} finns inte`);
    }
    e.click();
    await lugn();
}

/** Enter in a field sends its form. */
export async function enter(id: string): Promise<void> {
    falt(id).form?.requestSubmit();
    await lugn();
}

/** The list of faults, as it is read. */
export function fellista(): string[] {
    return [...(del("fellista")?.querySelectorAll("a") ?? [])].map((a) =>
        a.textContent.trim(),
    );
}

/** What a field says is wrong with it. */
export function faltfel(id: string): string {
    return (
        document
            .querySelector(`label[for="falt-${id}"] .label__message--error`)
            ?.textContent.trim() ?? ""
    );
}

/** What stands in the browser's storage, all of it. */
export function lagrat(): string {
    return JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
    ]);
}
