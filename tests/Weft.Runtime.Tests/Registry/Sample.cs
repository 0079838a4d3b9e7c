using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Storage;
using Weft.Runtime.Cards;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;
using Weft.Runtime.Tests.Records;

namespace Weft.Runtime.Tests.Registry;

/// <summary>Small workflows as texts, and registries over a store.</summary>
internal static class Sample
{
    public static string Graph(string id = "greet", string prompt = "Say hello to {{ name }}", string agent = "simple") => $$$"""
        name: {{{id}}}
        version: 1.2.3
        input:
          type: object
          properties:
            name: { type: string }
            times: { type: integer, default: 1 }
          required: [name]
        workflow:
          nodes:
            - id: hello
              agent: {{{agent}}}
              prompt_template: "{{{prompt}}}"
            - id: shout
              agent: {{{agent}}}
              prompt_template: "Shout {{ hello.output }}"
          edges:
            - { from: hello, to: shout }
            - { from: shout, to: END }
        """;

    public static WorkflowRegistry Registry(IRecordStore store) => Knowing(store, Agents(store));

    /// <summary>A registry that knows the names of agents, models and workflows, as a host's does.</summary>
    public static WorkflowRegistry Knowing(IRecordStore store, AgentRegistry agents) => new(
        store,
        Known.Contexts(store),
        new ScheduleStore(store, TimeProvider.System),
        new KnownNames(agents, [], ModelCatalog.BuiltIn),
        TimeProvider.System,
        NullLogger<WorkflowRegistry>.Instance);

    public static AgentRegistry Agents(IRecordStore store) => new(store, NullLogger<AgentRegistry>.Instance);
}
