namespace Weft.Functions.Tests.Infra;

/// <summary>A virtual network leaves no account on the public one.</summary>
public sealed class NetworkTests
{
    private static readonly string[] Accounts =
    [
        "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.ServiceBus/namespaces",
        "Microsoft.CognitiveServices/accounts",
    ];

    [BicepFact]
    public void Accounts_InANetwork_AnswerOnPrivateEndpointsAlone()
    {
        var prod = Preview.Prod;
        var accounts = Accounts.SelectMany(prod.All).ToList();
        var reached = prod.All("Microsoft.Network/privateEndpoints")
            .Select(e => (string)e.Properties["privateLinkServiceConnections"]![0]!["properties"]!["privateLinkServiceId"]!).ToList();

        Assert.Equal(5, accounts.Count);
        Assert.All(accounts, a => Assert.Equal("Disabled", (string?)a.Properties["publicNetworkAccess"]));
        Assert.All(
            accounts, a => Assert.Equal(a.Type == "Microsoft.Storage/storageAccounts" ? 3 : 1, reached.Count(id => id == a.Id)));
    }

    [BicepFact]
    public void Endpoints_OfANetwork_HaveTheirNamesInAZoneThatItReads()
    {
        var prod = Preview.Prod;

        Assert.Equal(6, prod.All("Microsoft.Network/privateDnsZones").Count);
        Assert.Equal(6, prod.All("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.Equal(
            prod.All("Microsoft.Network/privateEndpoints").Count,
            prod.All("Microsoft.Network/privateEndpoints/privateDnsZoneGroups").Count);
    }

    [BicepFact]
    public void Calls_ThatLeaveANetwork_GoThroughItsGateway()
    {
        var prod = Preview.Prod;
        var subnets = prod.Only("Microsoft.Network/virtualNetworks").Properties["subnets"]!.AsArray();
        var app = subnets.Single(s => (string?)s!["name"] == "app")!;

        Assert.Equal(prod.Only("Microsoft.Network/natGateways").Id, (string?)app["properties"]!["natGateway"]!["id"]);
        Assert.EndsWith(
            "/subnets/app", (string?)prod.Only("Microsoft.Web/sites").Properties["virtualNetworkSubnetId"], StringComparison.Ordinal);
    }

    [BicepFact]
    public void Environment_WithoutANetwork_HasNothingOfOne() =>
        Assert.DoesNotContain(Preview.Dev.Resources, r => r.Type.StartsWith("Microsoft.Network/", StringComparison.Ordinal));

    [BicepFact]
    public void Network_WithABusThatHasNoPrivateEndpoints_IsRefused()
    {
        var run = Preview.Attempt("WEFT_VNET=true", "WEFT_SERVICE_BUS_SKU=Standard");

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("set WEFT_SERVICE_BUS_SKU=Premium", run.Errors, StringComparison.Ordinal);
    }
}
