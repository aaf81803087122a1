import { afterEach, expect, it, vi } from "vitest";
import { sessionsapi } from "@/shared/api/klient";
import { nekande } from "@/shared/prov/montera";
import { sessionen } from "@/shared/session/session";
import { skapaRouter, stoppet } from "./router";

afterEach(() => {
    vi.restoreAllMocks();
});

it("en sida för alla frågar vem som är inloggad, och öppnas i en webbläsare som inte lagrar något", async () => {
    const vem = vi
        .spyOn(sessionsapi, "GET")
        .mockRejectedValue(nekande(401, "token-saknas", "Ingen är inloggad."));
    for (const gor of ["getItem", "setItem", "removeItem"] as const) {
        vi.spyOn(Storage.prototype, gor).mockImplementation(() => {
            throw new DOMException("nej", "SecurityError");
        });
    }
    const router = skapaRouter();
    await router.push("/tillganglighet");
    expect(router.currentRoute.value.name).toBe("tillganglighet");
    expect(stoppet.value).toBeUndefined();
    expect(vem).toHaveBeenCalledWith("/session");
    expect(sessionen.kand).toBe(true);
});
