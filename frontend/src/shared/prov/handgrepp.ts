import { expect } from "vitest";
import { faltregler } from "@/shared/api/faltregler.gen";
import { type Regel, ordObligatoriskt } from "@/shared/api/regler.gen";
import type { Faltfel } from "@/shared/api/typer";
import { iMening } from "@/shared/text.logic";
import { faltId } from "@/shared/ui/formular.logic";
import { lugn, tills } from "./oppna";

/** What a person does on a mounted page, and sees. A field is known by its JSON pointer. */

export function del(namn: string): HTMLElement | null {
    return document.querySelector<HTMLElement>(`[data-test="${namn}"]`);
}

export function finns(namn: string): Promise<void> {
    return tills(() => del(namn), `${namn} finns`);
}

/** The page's own heading is there. */
export function paSidan(rubrik: string | RegExp): Promise<void> {
    return tills(
        () =>
            [...document.querySelectorAll("h1")].some((h) =>
                typeof rubrik === "string"
                    ? h.textContent.trim() === rubrik
                    : rubrik.test(h.textContent.trim()),
            ),
        `rubriken ${String(rubrik)}`,
    );
}

function element(pekare: string): Element {
    const e = document.querySelector(`#${faltId(pekare)}`);
    if (!e) {
        throw new Error(`fältet ${pekare} finns inte`);
    }
    return e;
}

export function harFalt(pekare: string): boolean {
    return document.querySelector(`#${faltId(pekare)}`) !== null;
}

export function varde(pekare: string): string {
    return (element(pekare) as HTMLInputElement).value;
}

/** Types it, as a person does: the field has the focus, and is left. */
export async function skriv(pekare: string, text: string): Promise<void> {
    const e = element(pekare) as HTMLInputElement;
    e.focus();
    e.value = text;
    e.dispatchEvent(new Event("input", { bubbles: true }));
    e.dispatchEvent(new Event("change", { bubbles: true }));
    e.blur();
    await lugn();
}

/** Chooses in a list by its code. */
export async function valj(pekare: string, kod: string): Promise<void> {
    const e = element(pekare) as HTMLSelectElement;
    const val = [...e.options].find((o) => o.value === kod);
    if (!val) {
        throw new Error(`${pekare} har inte valet ${kod}`);
    }
    e.focus();
    val.selected = true;
    e.dispatchEvent(new Event("input", { bubbles: true }));
    e.dispatchEvent(new Event("change", { bubbles: true }));
    e.blur();
    await lugn();
}

/** What a list shows as chosen. */
export function valt(pekare: string): string {
    const e = element(pekare) as HTMLSelectElement;
    return e.selectedOptions[0]?.textContent.trim() ?? "";
}

/** Marks, or takes the mark away: a box or a choice of a group. */
export async function markera(
    pekare: string,
    ...koder: string[]
): Promise<void> {
    for (const kod of koder) {
        const e = document.querySelector<HTMLElement>(
            `#${faltId(pekare)}-${kod}`,
        );
        if (!e) {
            throw new Error(`${pekare} har inte valet ${kod}`);
        }
        e.focus();
        e.click();
        await lugn();
    }
}

export function arMarkerad(pekare: string, kod: string): boolean {
    return (
        document.querySelector<HTMLInputElement>(`#${faltId(pekare)}-${kod}`)
            ?.checked === true
    );
}

export async function tryck(namn: string): Promise<void> {
    const e = del(namn);
    if (!e) {
        throw new Error(`${namn} finns inte`);
    }
    // As with a mouse: what is pressed has the focus.
    e.focus();
    e.click();
    await lugn();
}

/** Saves what stands in the form, by way of the look-over where there is one. */
export async function spara(): Promise<void> {
    const fore = del("kontroll");
    await tryck("spara");
    if (!fore && del("kontroll")) {
        await tryck("spara");
    }
}

/** «Töm formuläret», which asks first. */
export async function tom(): Promise<void> {
    await tryck("utkast-borja-om");
    await tryck("utkast-borja-om-ja");
}

/** The list of faults, as it is read. */
export function fellista(): string[] {
    return [...(del("fellista")?.querySelectorAll("a") ?? [])].map((a) =>
        a.textContent.trim(),
    );
}

/** What a field says is wrong with it. */
export function faltfel(pekare: string): string {
    return (
        document.querySelector(`#${faltId(pekare)}-fel`)?.textContent.trim() ??
        ""
    );
}

/** The words at a field: of any that is empty they name it. */
function sagtOm(namn: string, meddelande: string): string {
    return meddelande === ordObligatoriskt
        ? `Fyll i ${iMening(namn)}.`
        : meddelande;
}

/** The same in the list, where what does not name its field stands after its name; a question has its own mark. */
export function sagtIListan(namn: string, meddelande: string): string {
    const sagt = sagtOm(namn, meddelande);
    return sagt.toLowerCase().includes(namn.toLowerCase())
        ? sagt
        : `${namn}${namn.endsWith("?") ? "" : ":"} ${sagt}`;
}

/** A fault: its field, the name the list has for it, and what is said. */
export type Fel = [pekare: string, namn: string, meddelande: string];

/** Just these faults: the list on top says each, its field says the same, and the link leads there. */
export async function felen(...vantade: Fel[]): Promise<void> {
    await lugn();
    expect(fellista()).toEqual(
        vantade.map(([, namn, meddelande]) => sagtIListan(namn, meddelande)),
    );
    const lankar = del("fellista")?.querySelectorAll("a") ?? [];
    for (const [n, [pekare, namn, meddelande]] of vantade.entries()) {
        expect(faltfel(pekare), namn).toBe(sagtOm(namn, meddelande));
        lankar[n]?.click();
        await lugn();
        const falt = element(pekare);
        expect(
            falt === document.activeElement ||
                falt.contains(document.activeElement),
            `länken till ${namn}`,
        ).toBe(true);
    }
}

/** The fields say nothing any more. */
export function utanFel(...pekare: string[]): void {
    for (const p of pekare) {
        expect(faltfel(p), p).toBe("");
    }
}

/** The server's own words for a rule at a field, from what is generated out of its source. */
export function serverord(fil: string, regel: Regel, kalla?: string): string {
    const [en, ...fler] = new Set(
        faltregler
            .filter(
                (r) =>
                    r.fil === fil &&
                    r.regel === regel &&
                    (kalla === undefined || r.pekare === kalla),
            )
            .map((r) => r.ord),
    );
    if (en === undefined || en === "" || fler.length > 0) {
        throw new Error(
            `${fil} har inte just en lydelse för ${regel} ${kalla ?? ""}`,
        );
    }
    return en;
}

/** A fault as the server words it; pekare where the source's own is an expression. */
export function av(
    fil: string,
    regel: Regel,
    kalla?: string,
    pekare = kalla ?? "",
): Faltfel {
    return { pekare, regel, meddelande: serverord(fil, regel, kalla) };
}

/** What stands in the browser's storage, all of it. */
export function lagrat(): string {
    return JSON.stringify([
        Object.entries(localStorage),
        Object.entries(sessionStorage),
    ]);
}

/** What stands in the page's fields, as somebody left it. */
export function ifyllt(): string[] {
    return [
        ...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>(
            "main input, main select, main textarea",
        ),
    ].map((e) =>
        e instanceof HTMLInputElement && /^(checkbox|radio)$/.test(e.type)
            ? `${e.id} ${String(e.checked)}`
            : `${e.id} ${e.value}`,
    );
}
