import { FDatepickerField } from "@fkui/vue";
import { defineComponent } from "vue";
import { dagMedManad, iMening } from "@/shared/text.logic";

/** FKUI's date field, whose calendar's button says which day it chooses. */
export default defineComponent({
    name: "Dagvaljare",
    extends: FDatepickerField,
    props: { vad: { type: String, required: true } },
    // What one extends is inherited, but for its setup.
    setup: (FDatepickerField as unknown as { setup: () => object }).setup,
    computed: {
        calendarButtonText(): string {
            const vad = iMening(this.vad);
            const dag = String(this.calendarValue ?? "");
            return dag === ""
                ? `Välj ${vad}`
                : `Ändra ${vad}, ${dagMedManad(dag)}`;
        },
    },
});
