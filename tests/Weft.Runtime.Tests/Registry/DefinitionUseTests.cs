using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using Weft.Agents.Storage;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Registry;
using Weft.Runtime.Triggers;
using Weft.Workflows;

namespace Weft.Runtime.Tests.Registry;

/// <summary>
/// Whatever a definition or a card holds is read by something that runs it: a property that nothing reads would be ignored.
/// </summary>
public sealed class DefinitionUseTests
{
    /// <summary>What is there for people and tools, or is known by other means.</summary>
    private static readonly Dictionary<string, string> NotForRuns = new(StringComparer.Ordinal)
    {
        ["GraphNode.Source"] = "places in files, for findings and drawings",
        ["GraphEdge.Source"] = "as above",
        ["ConditionDefinition.Source"] = "as above",
        ["TaskDefinition.Source"] = "as above",
        ["SourceSpan.File"] = "as above",
        ["SourceSpan.Line"] = "as above",
        ["SourceSpan.Column"] = "as above",
        ["MonitoringSection.TrackLatency"] = "always done; false is a warning at load",
        ["MonitoringSection.TrackCosts"] = "always done; false is a warning at load",
        ["MonitoringSection.TrackToolUsage"] = "always done; false is a warning at load",
        ["ModelDefinition.RateLimit"] = "a warning at load",
        ["ToolDefinition.Execute"] = "scripts cannot be called yet: a warning at load",
        ["ProjectDefinition.Name"] = "for people",
        ["ProjectDefinition.Version"] = "for people",
        ["ProjectDefinition.Description"] = "for people",
        ["AgentCard.SupportsStreaming"] = "for people: the API lists it",
        ["AgentCard.AvgLatencyMs"] = "for people: the API lists it",
        ["AgentCard.Name"] = "the registry's key",
    };

    private static readonly HashSet<string> Read = Getters();

    public static TheoryData<string> Properties
    {
        get
        {
            var held = typeof(WorkflowDefinition).Assembly.GetTypes()
                .Where(t =>
                    t.Namespace == typeof(WorkflowDefinition).Namespace
                        && t is { IsClass: true, IsAbstract: false } or { IsClass: true, IsAbstract: true, IsSealed: false })
                .Where(t => t.GetMethod("<Clone>$") is not null && IsHeld(t))
                .Append(typeof(AgentCard));
            return [.. held.SelectMany(t => t.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(p => p.Name != "EqualityContract").Select(p => $"{t.Name}.{p.Name}")).Where(n => !NotForRuns.ContainsKey(n))
                .Distinct().Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [MemberData(nameof(Properties))]
    public void Property_OfADefinition_IsReadByWhatRunsIt(string property) => Assert.Contains(property, Read);

    [Theory]
    [InlineData("none")]
    [InlineData("hmac")]
    [InlineData("github")]
    [InlineData("stripe")]
    [InlineData("weft")]
    [InlineData("rot13")]
    public void Strategy_OfAWebhook_LoadsWhenItCanBeVerified(string strategy)
    {
        var loaded = WorkflowLoader.Load(
            $"name: demo\ntriggers: [{{ type: webhook, webhook: {{ slug: s, verify: {{ strategy: {strategy} }} }} }}]\ntasks: [{{ id: a "
            + $"}}]\n");

        var known = Record.Exception(
            () => WebhookSignature.StrategyOf(
                new TriggerDefinition(
                    "webhook", "s", null, new JsonObject { ["verify"] = new JsonObject { ["strategy"] = strategy } }))) is null;
        Assert.Equal(known, !loaded.HasErrors);
    }

    /// <summary>What is part of a workflow; results of loading, options and projects' sources are not.</summary>
    private static bool IsHeld(Type type) =>
        !type.Name.EndsWith("Result", StringComparison.Ordinal)
            && type.Name is not (nameof(LoadOptions) or nameof(Diagnostic) or nameof(ProjectFiles) or nameof(ProjectDefinition)
                or nameof(RuntimeSection));

    /// <summary>The getters that are called by the orchestrations and the activities.</summary>
    private static HashSet<string> Getters()
    {
        // What crosses a wire only carries what others read.
        var running = typeof(WeftOrchestrators).Assembly.GetTypes().Where(t => !IsRecord(t))
            .Concat(typeof(IRecordStore).Assembly.GetTypes())
            .Concat(typeof(WorkflowRegistry).Assembly.GetTypes());
        const BindingFlags All =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in running.SelectMany(t => t.GetMethods(All).Cast<MethodBase>().Concat(t.GetConstructors(All))))
        {
            if (method.GetMethodBody()?.GetILAsByteArray() is { } code)
            {
                Collect(method, code, read);
            }
        }

        return read;
    }

    private static void Collect(MethodBase method, byte[] code, HashSet<string> read)
    {
        // Every call has its token behind the opcode; bytes that only look like one resolve to nothing, or to another method.
        for (var i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] != OpCodes.Call.Value && code[i] != OpCodes.Callvirt.Value)
            {
                continue;
            }

            try
            {
                var types = method.DeclaringType is { IsGenericType: true } owner ? owner.GetGenericArguments() : null;
                var called = method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, i + 1), types, method is { IsGenericMethod: true } ? method.GetGenericArguments() : null);
                if (called is { DeclaringType: { } type } && called.Name.StartsWith("get_", StringComparison.Ordinal))
                {
                    read.Add($"{type.Name}.{called.Name[4..]}");
                }
            }
            catch (Exception exception) when (exception is ArgumentException or BadImageFormatException)
            {
                // It was no call.
            }
        }
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;
}
