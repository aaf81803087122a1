import "./styles.scss";
import "@fkui/icon-lib-default/dist/f";
import { ValidationPlugin } from "@fkui/vue";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";
import { fragor } from "@/shared/api/fragor";
import { stadaUtkast } from "@/shared/utkast/utkast";
import App from "./App.vue";
import { router } from "./router";

// What has lived its time goes, whoever it belonged to and whether or not anybody logs in.
stadaUtkast();

const app = createApp(App);
app.use(ValidationPlugin);
app.use(VueQueryPlugin, { queryClient: fragor });
app.use(router);
app.mount("#app");
