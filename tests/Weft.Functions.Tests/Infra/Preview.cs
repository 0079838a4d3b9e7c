using System.Text.Json.Nodes;

namespace Weft.Functions.Tests.Infra;

/// <summary>What a deployment would create, as the compiler evaluates it: as far as no resource has to be asked.</summary>
internal sealed class Preview
{
    private Preview(CompilerRun run)
    {
        var snapshot = JsonNode.Parse(run.Snapshot ?? throw new InvalidOperationException($"No preview: {run.Output}{run.Errors}"))!;
        Resources = [.. snapshot["predictedResources"]!.AsArray().Select(r => new PreviewedResource(r!.AsObject()))];
        Diagnostics = [.. snapshot["diagnostics"]!.AsArray().Select(d => (string)d!)];
    }

    /// <summary>Gets what an environment gets that sets nothing.</summary>
    public static Preview Dev => Of();

    /// <summary>Gets production, with all that can be chosen beside it.</summary>
    public static Preview Prod => Of(
        "WEFT_PROFILE=prod", "OPENAI_API_KEY=k", "WEFT_SECRETS={\"Weft__Hooks__orders__Secret\":\"s\"}",
        "WEFT_SECRET_SETTINGS=Weft__Hooks__orders__Secret, PARTNER_TOKEN",
        "WEFT_SETTINGS={\"Weft__Retention__Days\":\"90\",\"TaskHub\":\"Other\"}",
        "WEFT_OPENAI_MODELS=[{\"name\":\"gpt-4o\",\"version\":\"2024-11-20\"}]", "WEFT_REPLY_QUEUES=answers",
        "WEFT_MONTHLY_AZURE_BUDGET_USD=1000", "WEFT_BUDGET_START=2030-01-01", "WEFT_ALERT_EMAIL=ops@example.com");

    /// <summary>Gets orchestrations kept by the Durable Task Scheduler.</summary>
    public static Preview OnTheScheduler => Of("WEFT_DURABLE_BACKEND=azureManaged");

    public IReadOnlyList<PreviewedResource> Resources { get; }

    public IReadOnlyList<string> Diagnostics { get; }

    /// <summary>Gets the settings of the app; a value that asks a resource is its expression.</summary>
    public IReadOnlyDictionary<string, string> Settings => Only("Microsoft.Web/sites/config").Properties.AsObject()
        .ToDictionary(p => p.Key, p => (string)p.Value!, StringComparer.Ordinal);

    public static Preview Of(params string[] variables) => new(Attempt(variables));

    /// <summary>The run itself, for what is refused.</summary>
    public static CompilerRun Attempt(params string[] variables) => Bicep.Run(
        "snapshot main.bicepparam --mode overwrite --deployment-name weft --location westeurope"
        + " --subscription-id 00000000-0000-0000-0000-000000000001 --tenant-id 00000000-0000-0000-0000-000000000002",
        variables);

    public IReadOnlyList<PreviewedResource> All(string type) => [.. Resources.Where(r => r.Type == type)];

    public PreviewedResource Only(string type) => Assert.Single(All(type));
}
