import {
    type QueryClient,
    type UseQueryReturnType,
    useQuery,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { allaSidor } from "@/shared/api/allaSidor";
import { api, etag, kropp, skapat } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";
import type {
    Uppdragsplats,
    Uppdragspost,
    Uppdragstagare,
} from "./uppdrag.logic";

const nycklar = {
    alla: ["uppdrag"] as const,
    pa: (p: Uppdragsplats) =>
        ["uppdrag", p.organisationId, p.insatsId ?? ""] as const,
    tagare: (organisationId: string, roll: string) =>
        ["uppdragstagare", organisationId, roll] as const,
};

/** Everybody who has uppdrag there, ended ones too. */
export function useUppdrag(
    plats: MaybeRefOrGetter<Uppdragsplats | undefined>,
): UseQueryReturnType<Uppdragspost[], Error> {
    return useQuery({
        queryKey: () => nycklar.pa(toValue(plats) ?? { organisationId: "" }),
        queryFn: ({ signal }) => {
            const { organisationId = "", insatsId } = toValue(plats) ?? {};
            return allaSidor(
                (query) =>
                    insatsId === undefined
                        ? kropp(
                              api.GET(
                                  "/samverkansorganisationer/{organisationId}/uppdrag",
                                  {
                                      params: {
                                          path: { organisationId },
                                          query,
                                      },
                                      signal,
                                  },
                              ),
                          )
                        : kropp(
                              api.GET("/insatser/{insatsId}/uppdrag", {
                                  params: { path: { insatsId }, query },
                                  signal,
                              }),
                          ),
                (u) => u.id,
            );
        },
        enabled: () => toValue(plats) !== undefined,
    });
}

/** To whom an uppdrag of the role can be given; undefined: no role is chosen. */
export function useUppdragstagare(
    organisationId: MaybeRefOrGetter<string>,
    roll: MaybeRefOrGetter<Schema<"Uppdragsroll"> | undefined>,
): UseQueryReturnType<Uppdragstagare[], Error> {
    return useQuery({
        queryKey: () =>
            nycklar.tagare(toValue(organisationId), toValue(roll) ?? ""),
        queryFn: ({ signal }) =>
            allaSidor(
                (sida) =>
                    kropp(
                        api.GET(
                            "/samverkansorganisationer/{organisationId}/uppdragstagare",
                            {
                                params: {
                                    path: {
                                        organisationId: toValue(organisationId),
                                    },
                                    query: {
                                        ...sida,
                                        roll:
                                            toValue(roll) ?? "DELTAGARANSVARIG",
                                    },
                                },
                                signal,
                            },
                        ),
                    ),
                (t) => t.id,
            ),
        enabled: () => toValue(roll) !== undefined,
    });
}

interface Uppdragsgivning {
    ge: (
        p: Uppdragsplats,
        body: Schema<"NyttUppdrag">,
        nyckel: string,
    ) => Promise<Uppdragspost>;
    andra: (
        u: Uppdragspost,
        body: Schema<"AndratUppdrag">,
    ) => Promise<Uppdragspost>;
}

/** Uppdrag are given and ended; the list is read anew. */
export function useUppdragsgivning(): Uppdragsgivning {
    const fragor: QueryClient = useQueryClient();
    const hamtaIgen = (): Promise<void> =>
        fragor.invalidateQueries({ queryKey: nycklar.alla });
    return {
        async ge({ organisationId, insatsId }, body, nyckel) {
            const header = { "Idempotency-Key": nyckel };
            const u = await skapat(
                insatsId === undefined
                    ? api.POST(
                          "/samverkansorganisationer/{organisationId}/uppdrag",
                          {
                              params: { path: { organisationId }, header },
                              body,
                          },
                      )
                    : api.POST("/insatser/{insatsId}/uppdrag", {
                          params: { path: { insatsId }, header },
                          body,
                      }),
            );
            await hamtaIgen();
            return u;
        },
        async andra(fore, body) {
            const u = await kropp(
                api.PUT("/uppdrag/{uppdragId}", {
                    params: {
                        path: { uppdragId: fore.id },
                        header: { "If-Match": etag(fore.version) },
                    },
                    body,
                }),
            );
            await hamtaIgen();
            return u;
        },
    };
}
