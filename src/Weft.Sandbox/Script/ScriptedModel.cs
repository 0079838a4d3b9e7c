using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;
using Weft.Sandbox.Sample;

namespace Weft.Sandbox.Script;

/// <summary>The one mind behind both model APIs: scripts, and a sampler of schemas. The same request gets the same answer.</summary>
/// <remarks>
/// The caller's rules go first, then those for the shipped workflows. The last of these is for everything else: call each tool once, then
/// answer.
/// </remarks>
internal sealed class ScriptedModel(SandboxScript script, ToolCatalog catalog, TokenMeter tokens)
{
    private static readonly Lazy<IReadOnlyList<ScriptRule>> Shipped =
        new(() => [.. Embedded.Names("scripts/rules-").SelectMany(Embedded.Read<IReadOnlyList<ScriptRule>>)]);

    public ModelReply Answer(ModelRequest request, FaultRule? fault)
    {
        var talk = new Conversation(request, catalog);
        var reply = Say(script.Next(talk) ?? Shipped.Value.First(rule => rule.Match.Fits(talk)).Reply, talk);
        reply = fault is null ? reply : ReplyFaults.Apply(reply, request, fault.Kind);
        return Limit(reply, request);
    }

    private static ModelReply Say(ScriptReply said, Conversation talk)
    {
        if (said.Steps is not null || said.Answer is not null)
        {
            return Work(said, talk);
        }

        return new ModelReply
        {
            Text = said.Json is { } json ? SandboxJson.Text(new Wording(talk.Values.Find).Fill(json)) : said.Text ?? string.Empty,
            Calls = [.. (said.ToolCalls ?? []).Select(call => new ToolCall(call.Name, (JsonObject)call.Arguments.DeepClone()))],
            Finish = said.Refusal ? FinishKind.Refusal : said.ToolCalls is { Count: > 0 } ? FinishKind.ToolCalls : FinishKind.Stop,
        };
    }

    private static ModelReply Work(ScriptReply said, Conversation talk)
    {
        var (request, values) = (talk.Request, talk.Values);
        var progress = new TaskProgress(said, Shipped.Value[^1].Reply.Ends ?? [], talk);
        if (request.MayCall && request.Tools.Count > 0 && Next(progress, talk) is { } step)
        {
            return ModelReply.Call(progress.CallOf(step, _ => null));
        }

        if (talk.Schema is { } schema)
        {
            var document = new SchemaDocument(schema);
            var plan = new PlanForm(document, talk, progress).Write();
            return ModelReply.Say(SandboxJson.Text(plan ?? new SchemaSampler(document, values).Sample()));
        }

        // As the services demand, a prompt for JSON names it.
        return ModelReply.Say(request.JsonMode || request.System.Contains("JSON", StringComparison.Ordinal)
            ? SandboxJson.Text(new JsonObject { ["answer"] = values.Find("answer")?.DeepClone() })
            : values.Text("answer") ?? string.Empty);
    }

    /// <summary>The step to do now. A caller that demands a call gets one, whatever has been done.</summary>
    private static ScriptStep? Next(TaskProgress progress, Conversation talk) =>
        progress.Open.FirstOrDefault(step => talk.Request.ForcedTool is not { } tool || ToolNames.Key(tool) == ToolNames.Key(step.Call))
        ?? (talk.Request.MustCall ? new ScriptStep { Call = talk.Request.ForcedTool ?? talk.Request.Tools[0].Name } : null);

    private ModelReply Limit(ModelReply reply, ModelRequest request)
    {
        foreach (var stop in request.Stop.Where(stop => stop.Length > 0))
        {
            if (reply.Text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at)
            {
                reply = reply with { Text = reply.Text[..at], Finish = FinishKind.StopSequence };
            }
        }

        return request.MaxOutputTokens is { } max && max > 0 && tokens.Cut(request.Model, reply.Text, max) is var cut
            && cut.Length < reply.Text.Length
            ? reply with { Text = cut, Finish = FinishKind.Length }
            : reply;
    }
}
