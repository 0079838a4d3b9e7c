using System.Text.Json.Nodes;

namespace Weft.Functions.Tests.Infra;

/// <summary>The connections of the app are by identity, and whole.</summary>
public sealed class ConnectionTests
{
    private static readonly string[] Storage = ["blobServiceUri", "clientId", "credential", "queueServiceUri", "tableServiceUri"];

    [BicepTheory]
    [InlineData("AzureWebJobsStorage")]
    [InlineData("DurableStorage")]
    public void Connection_ToAStorageAccount_NamesItsServicesAndTheIdentity(string connection) =>
        Assert.Equal(Storage, PartsOf(Preview.Dev, connection));

    [BicepFact]
    public void Connection_ToTheBus_NamesItAndTheIdentity() =>
        Assert.Equal(["clientId", "credential", "fullyQualifiedNamespace"], PartsOf(Preview.Dev, "ServiceBusConnection"));

    [BicepFact]
    public void Backend_OfTheHostFile_IsTheConnectionThatIsDeployed()
    {
        var backend = BackendOf("host.json");

        Assert.Equal("azureStorage", (string?)backend["type"]);
        Assert.Equal(Storage, PartsOf(Preview.Dev, (string)backend["connectionName"]!));
    }

    [BicepFact]
    public void Backend_OfTheSchedulersHostFile_IsTheConnectionThatIsDeployed()
    {
        var backend = BackendOf("host.scheduler.json");
        var settings = Preview.OnTheScheduler.Settings;

        Assert.Equal("azureManaged", (string?)backend["type"]);
        Assert.Contains("Authentication=ManagedIdentity", settings[(string)backend["connectionStringName"]!], StringComparison.Ordinal);
        Assert.Empty(PartsOf(Preview.OnTheScheduler, "DurableStorage"));
    }

    // The platform scales by the file host.json, and sees no setting that overrides it.
    [BicepFact]
    public void Settings_OfTheDeployment_OverrideNothingOfTheHostFile() =>
        Assert.All(
            [Preview.Dev, Preview.Prod, Preview.OnTheScheduler],
            p => Assert.DoesNotContain(p.Settings.Keys, k => k.StartsWith("AzureFunctionsJobHost", StringComparison.OrdinalIgnoreCase)));

    [BicepFact]
    public void Settings_ThatAUserAdds_AreDeployedAndGoFirst()
    {
        Assert.Equal("90", Preview.Prod.Settings["Weft__Retention__Days"]);
        Assert.Equal("Other", Preview.Prod.Settings["TaskHub"]);
    }

    [BicepFact]
    public void Secrets_ThatAreGiven_AreWrittenUnderTheNamesThatSettingsReadThemBy()
    {
        var prod = Preview.Prod;
        var secrets = prod.All("Microsoft.KeyVault/vaults/secrets").Select(s => s.Name);

        Assert.Equal(["openai-api-key", "weft-hooks-orders-secret"], secrets.Order(StringComparer.Ordinal));
        Assert.Contains("'openai-api-key'", prod.Settings["OPENAI_API_KEY"], StringComparison.Ordinal);
        Assert.Contains("'weft-hooks-orders-secret'", prod.Settings["Weft__Hooks__orders__Secret"], StringComparison.Ordinal);
        Assert.Contains("'partner-token'", prod.Settings["PARTNER_TOKEN"], StringComparison.Ordinal);
    }

    [BicepFact]
    public void Secrets_ThatAreNotGivenAgain_KeepTheirSettings()
    {
        var later = Preview.Of("WEFT_SECRET_SETTINGS=Weft__Hooks__orders__Secret");

        Assert.Empty(later.All("Microsoft.KeyVault/vaults/secrets"));
        Assert.Contains("KeyVault", later.Settings["OPENAI_API_KEY"], StringComparison.Ordinal);
        Assert.Contains("KeyVault", later.Settings["Weft__Hooks__orders__Secret"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> PartsOf(Preview preview, string connection) => preview.Settings.Keys
        .Where(k => k.StartsWith(connection + "__", StringComparison.Ordinal)).Select(k => k.Split("__")[1]).Order(StringComparer.Ordinal);

    private static JsonNode BackendOf(string file) =>
        JsonNode.Parse(ProjectFiles.Read(file))!["extensions"]!["durableTask"]!["storageProvider"]!;
}
