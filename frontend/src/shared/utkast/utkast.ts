import {
    type ComputedRef,
    type Ref,
    computed,
    onScopeDispose,
    reactive,
    ref,
    watch,
} from "vue";
import { ProblemFel } from "@/shared/api/problem";
import type { Regel } from "@/shared/api/regler.gen";
import { glomLagrat, lagra, lagradeNycklar, lasLagrat } from "@/shared/lagring";
import type { Steg, Utkastform } from "./former.logic";
import {
    type Utkastnyckel,
    lagringsnyckel,
    passaIn,
    tolkaNyckel,
    tolkaPost,
    utanPersonnummer,
} from "./utkast.logic";

/** The drafts that this page has open, to be closed when they are removed. */
const oppna = new Set<{
    nyckel: string;
    stang: () => void;
    skriv: () => void;
}>();

/** Our keys: those stored, and those of forms that are open and may be stored soon. */
function minaNycklar(
    vilka: (n: Utkastnyckel & { anvandareId: string }) => boolean,
): string[] {
    const alla = new Set([
        ...lagradeNycklar(),
        ...[...oppna].map((o) => o.nyckel),
    ]);
    return [...alla].filter((k) => {
        const n = tolkaNyckel(k);
        return n !== undefined && vilka(n);
    });
}

function taBort(nycklar: string[]): void {
    for (const k of nycklar) {
        glomLagrat(k);
        for (const o of oppna) {
            if (o.nyckel === k) {
                o.stang();
            }
        }
    }
}

/** Log-out: nothing of this user's is left. */
export function rensaUtkast(anvandareId: string): void {
    taBort(minaNycklar((n) => n.anvandareId === anvandareId));
}

/** The samtycke, or the deltagande on it, is gone: so is what was typed for it, whoever typed it. */
export function rensaUtkastFor(id: string): void {
    taBort(minaNycklar((n) => n.id === id));
}

/** One draft is not wanted any more. */
export function rensaEttUtkast(
    anvandareId: string,
    nyckel: Utkastnyckel,
): void {
    taBort([lagringsnyckel(anvandareId, nyckel)]);
}

/** Drops every draft, of anybody, that has lived its 12 hours. */
export function stadaUtkast(): void {
    for (const k of minaNycklar(() => true)) {
        if (tolkaPost(lasLagrat(k), Date.now()) === undefined) {
            glomLagrat(k);
        }
    }
}

interface Paborjat extends Utkastnyckel {
    sparad: number;
    svar: unknown;
    /** These answers have been sent; whether they came through may not be known. */
    skickat: boolean;
    /** The step that was come to, in a form that has steps. */
    steg?: string | undefined;
}

/** The user's drafts, newest first. */
export function paborjade(anvandareId: string): Paborjat[] {
    for (const o of oppna) {
        o.skriv(); // what has just been typed counts too
    }
    return minaNycklar((n) => n.anvandareId === anvandareId)
        .flatMap((k) => {
            const n = tolkaNyckel(k);
            const post = tolkaPost(lasLagrat(k), Date.now());
            return n && post
                ? [
                      {
                          form: n.form,
                          id: n.id,
                          sparad: post.sparad,
                          svar: post.svar,
                          skickat: post.nyckel !== undefined,
                          steg: post.steg,
                      },
                  ]
                : [];
        })
        .sort((a, b) => b.sparad - a.sparad);
}

export type EnGang = <R>(sand: (nyckel: string) => Promise<R>) => Promise<R>;

export interface Utkast<T extends object> {
    /** The answers, to bind a form to. */
    svar: T;
    /** The answers were there from before. */
    aterskapat: Ref<boolean>;
    /** Another tab saved or removed the draft: nothing more is kept here. */
    borttaget: Ref<boolean>;
    /**
     * Sends what is to be made once, by a key that is kept with the answers until they
     * change or the draft is forgotten: after a lost answer and a reload the same
     * answers have the same key. What is never stored may have changed: the server
     * then says so, and it is sent by another.
     */
    enGang: EnGang;
    /** These very answers have been sent; whether they came through may not be known. */
    skickat: () => boolean;
    /** There is something to keep: the answers are others than the form begins with. */
    finns: ComputedRef<boolean>;
    /** The form has steps, and this is the first: the draft says which is come to. */
    medSteg: (forsta: Steg) => void;
    /** The step that is come to: the draft goes on there. */
    sattSteg: (steg: Steg) => void;
    /** Forgets the draft: it is saved, or not wanted. */
    klar: () => void;
    /** Forgets the draft and starts over. */
    borjaOm: () => void;
}

/** The refusals of a key that can do no more. */
const forbrukad: readonly (string | undefined)[] = [
    "idempotensnyckel-annan-kropp",
    "idempotensnyckel-utgangen",
] satisfies Regel[];

/** How long after the last key the draft is written. */
const andrum = 300;

/**
 * A form's answers, kept in this browser until they are saved: they survive Back,
 * reload, a second tab and an expired log-in. They live 12 hours from the last
 * change, and never hold a number or a name.
 */
export function useUtkast<T extends object>(
    anvandareId: string,
    nyckel: Utkastnyckel & { form: Utkastform },
    tom: () => T,
    aldrig: readonly (keyof T & string)[] = [],
): Utkast<T> {
    const k = lagringsnyckel(anvandareId, nyckel);
    const ejSparade = new Set<string>(aldrig);
    const post = tolkaPost(lasLagrat(k), Date.now());
    const svar = reactive(passaIn(tom(), post?.svar)) as T;
    const aterskapat = ref(post !== undefined);
    const borttaget = ref(false);
    const fran = ref(JSON.stringify(attSpara(tom())));
    let senast = post ? JSON.stringify(post.svar) : fran.value;
    let forsta: Steg | undefined;
    let steg = post?.steg;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let klart = false;
    let sant = post?.nyckel
        ? { nyckel: post.nyckel, text: JSON.stringify(attSpara(svar)) }
        : undefined;

    function attSpara(s: object): unknown {
        return utanPersonnummer(
            Object.fromEntries(
                Object.entries(s).filter(([namn]) => !ejSparade.has(namn)),
            ),
        );
    }

    function lagraSvar(rent: unknown, text: string): void {
        senast = text;
        lagra(
            k,
            JSON.stringify({
                sparad: Date.now(),
                svar: rent,
                ...(sant?.text === text ? { nyckel: sant.nyckel } : {}),
                ...(steg === undefined ? {} : { steg }),
            }),
        );
    }

    function nyckelFor(): string {
        const rent = attSpara(svar);
        const text = JSON.stringify(rent);
        if (sant?.text !== text) {
            sant = { nyckel: crypto.randomUUID(), text };
        }
        if (!klart && !borttaget.value) {
            clearTimeout(timer);
            timer = undefined;
            lagraSvar(rent, text);
        }
        return sant.nyckel;
    }

    function skriv(): void {
        clearTimeout(timer);
        timer = undefined;
        if (klart || borttaget.value) {
            return;
        }
        const rent = attSpara(svar);
        const text = JSON.stringify(rent);
        if (text !== senast) {
            lagraSvar(rent, text);
        }
    }

    const sluta = watch(
        () => JSON.stringify(svar),
        () => {
            clearTimeout(timer);
            timer = setTimeout(skriv, andrum);
        },
    );

    function stang(): void {
        clearTimeout(timer);
        timer = undefined;
        borttaget.value = true;
    }

    function vidAnnanFlik(h: StorageEvent): void {
        if (h.key !== k || klart) {
            return;
        }
        if (h.newValue === null) {
            stang();
            return;
        }
        // Two tabs on one form: both show what was typed last.
        const ny = tolkaPost(h.newValue, Date.now());
        if (ny && timer === undefined) {
            borttaget.value = false;
            senast = JSON.stringify(ny.svar);
            // What is never stored stays as it stands in this tab.
            Object.assign(svar, passaIn({ ...svar }, ny.svar));
            sant = ny.nyckel
                ? { nyckel: ny.nyckel, text: JSON.stringify(attSpara(svar)) }
                : undefined;
        }
    }

    const denna = { nyckel: k, stang, skriv };
    oppna.add(denna);
    window.addEventListener("storage", vidAnnanFlik);
    window.addEventListener("pagehide", skriv);
    onScopeDispose(() => {
        skriv();
        oppna.delete(denna);
        sluta();
        window.removeEventListener("storage", vidAnnanFlik);
        window.removeEventListener("pagehide", skriv);
    });

    function glom(): void {
        clearTimeout(timer);
        timer = undefined;
        sant = undefined;
        steg = forsta;
        glomLagrat(k);
        aterskapat.value = false;
    }

    return {
        svar,
        aterskapat,
        borttaget,
        async enGang(sand) {
            try {
                return await sand(nyckelFor());
            } catch (e) {
                if (!(e instanceof ProblemFel && forbrukad.includes(e.regel))) {
                    throw e;
                }
                sant = undefined;
                return sand(nyckelFor());
            }
        },
        skickat: () => sant?.text === JSON.stringify(attSpara(svar)),
        finns: computed(
            () =>
                aterskapat.value ||
                JSON.stringify(attSpara(svar)) !== fran.value,
        ),
        medSteg(namn) {
            forsta = namn;
            steg ??= namn;
        },
        sattSteg(nytt) {
            if (steg === nytt || klart || borttaget.value) {
                return;
            }
            steg = nytt;
            const rent = attSpara(svar);
            const text = JSON.stringify(rent);
            if (text !== fran.value || aterskapat.value) {
                lagraSvar(rent, text);
            }
        },
        klar() {
            klart = true;
            glom();
        },
        borjaOm() {
            glom();
            Object.assign(svar, tom());
            fran.value = JSON.stringify(attSpara(svar));
            senast = fran.value;
        },
    };
}
