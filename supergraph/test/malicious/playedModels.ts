import { modelClient, offlineModel, type ModelAccess } from '@supportgraph/agent';
import { scriptedModel, type ScriptedModel, type ScriptStep } from '@supportgraph/agent/testing';
import { playbooks } from '../../src/registry.js';

/** Models of many conversations at once, each playing a script of its own. */
export interface PlayedModels {
  access: ModelAccess;
  /**
   * Adds a script, and perhaps one for triage if that asks a model; answers the models, and what the message must end with
   * for them to be played.
   */
  play(script: readonly ScriptStep[], triage?: readonly ScriptStep[]): { models: ScriptedModel[]; mark: string };
}

const mark = /\(case (\d+)\)/;

/** Makes {@link PlayedModels}. Without a script, triage asks the offline model. */
export function playedModels(): PlayedModels {
  const cases: { answering: ScriptedModel; triaging: ScriptedModel | undefined }[] = [];
  const offline = offlineModel(playbooks);
  const fetchFrom: typeof fetch = (url, init) => {
    const body = String(init?.body);
    const played = cases[Number(mark.exec(body)?.[1])];
    // Agents stream, triage does not.
    const model = /"stream":true/.test(body) ? played?.answering : played?.triaging;
    return (model?.fetch ?? offline)(url, init);
  };
  return {
    access: {
      client: modelClient({ fetch: fetchFrom }),
      names: { small: ['m'], middle: ['m'], large: ['m'] },
      // As the platform reaches models of somebody else.
      ...{ isRemote: true, answersWithoutModel: true },
    },
    play(script, triage) {
      const answering = scriptedModel(...script);
      const triaging = triage && scriptedModel(...triage);
      const number = cases.push({ answering, triaging }) - 1;
      return { models: [answering, ...(triaging ? [triaging] : [])], mark: `(case ${number})` };
    },
  };
}
