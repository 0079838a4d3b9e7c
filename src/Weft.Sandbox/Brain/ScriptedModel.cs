using System.Text.Json.Nodes;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>The one mind behind both model APIs: no model at all, but rules that do the work of the shipped workflows. The same request gets the same answer.</summary>
internal sealed class ScriptedModel(SandboxScript script, ToolCatalog catalog, TimeProvider clock)
{
    public ModelReply Answer(ModelRequest request, FaultRule? fault)
    {
        var reply = script.Next(request) ?? Think(request);
        reply = fault is null ? reply : ReplyFaults.Apply(reply, request, fault.Kind);
        return Limit(reply, request);
    }

    private ModelReply Think(ModelRequest request)
    {
        var facts = Facts.From(request);
        var task = new ToolTask(facts, clock);
        if (request.Tools.Count > 0 && request.Choice.Kind != ToolChoiceKind.None && task.NextCalls() is { Count: > 0 } calls)
        {
            return ModelReply.Call(calls);
        }

        if (request.Schema is not null || request.JsonMode || AskedSchema.WantsJson(facts))
        {
            var schema = request.Schema ?? AskedSchema.From(facts);
            return ModelReply.Say(SandboxJson.Text(Fill(schema, facts, task)));
        }

        return ModelReply.Say(task.HasActed ? task.Conclusion() : Prose.Reply(facts));
    }

    /// <summary>An instance of a schema, as the protocol asks for it that the schema belongs to.</summary>
    private JsonNode? Fill(JsonObject schema, Facts facts, ToolTask task)
    {
        var document = new SchemaDocument(schema);
        return PlanProtocol.Fits(document) ? new PlanProtocol(document, facts, catalog, task).Write()
            : DelegationProtocol.Fits(document) ? new DelegationProtocol(document, facts, task).Write()
            : VerdictProtocol.Fits(document) ? VerdictProtocol.Write(document, facts, task)
            : new SchemaAuthor(document, facts, task).Write();
    }

    private static ModelReply Limit(ModelReply reply, ModelRequest request)
    {
        foreach (var stop in request.Stop.Where(stop => stop.Length > 0))
        {
            if (reply.Text.IndexOf(stop, StringComparison.Ordinal) is >= 0 and var at)
            {
                reply = reply with { Text = reply.Text[..at], Finish = FinishKind.StopSequence };
            }
        }

        return request.MaxOutputTokens is { } max && max > 0 && Tokens.Of(reply.Text) > max
            ? reply with { Text = reply.Text[..(max * 4)], Finish = FinishKind.Length }
            : reply;
    }
}
