import type { Webblasare } from "./webblasare.logic";

const provkaka = "__Host-sus-prov";
const provnyckel = "sus-prov";

function gar(gor: () => boolean): boolean {
    try {
        return gor();
    } catch {
        return false; // the browser refuses by throwing
    }
}

/** A cookie as the server's own, but for scripts: set, looked for and taken away. */
function provaKakan(): boolean {
    const slag = "Path=/; Secure; SameSite=Strict";
    document.cookie = `${provkaka}=1; ${slag}`;
    const finns = document.cookie.includes(`${provkaka}=1`);
    document.cookie = `${provkaka}=; Max-Age=0; ${slag}`;
    return finns;
}

function provaLagring(): boolean {
    for (const lager of [localStorage, sessionStorage]) {
        lager.setItem(provnyckel, "1");
        lager.removeItem(provnyckel);
    }
    return true;
}

export function provaWebblasaren(): Webblasare {
    return {
        saker: window.isSecureContext,
        https: window.location.protocol === "https:",
        kakor: navigator.cookieEnabled,
        kakan: gar(provaKakan),
        lagring: gar(provaLagring),
    };
}
