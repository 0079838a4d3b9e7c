using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Sequences;

/// <summary>One run of a task, with what its place and its own settings give it.</summary>
/// <param name="Task">The task.</param>
/// <param name="Id">Its id, rendered.</param>
/// <param name="Key">The name of this run within the execution: call ids begin with it.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Locals">What templates see besides results.</param>
/// <param name="With">The rendered input; null: none was given.</param>
/// <param name="Policy">Its own policy over the place's.</param>
/// <param name="Env">Its environment entries, the place's included.</param>
/// <param name="Scope">What its activities are told of it.</param>
internal sealed record TaskJob(
    TaskDefinition Task,
    string Id,
    string Key,
    TaskPlace Place,
    JsonObject Locals,
    JsonNode? With,
    StepPolicy Policy,
    IReadOnlyDictionary<string, string>? Env,
    StepScope Scope);
