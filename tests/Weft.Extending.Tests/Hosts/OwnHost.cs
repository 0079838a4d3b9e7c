using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents;
using Weft.Agents.Tools;
using Weft.Api;
using Weft.Embedded;
using Weft.Embedded.Secrets;
using Weft.Extending.Tests.Routes;
using Weft.Extending.Tests.Tools;
using Weft.Runtime;
using Weft.Workflows;

namespace Weft.Extending.Tests.Hosts;

/// <summary>A server of somebody else's: the product's modules, and what is added to them.</summary>
public static class OwnHost
{
    public static WebApplication Build(WebApplicationBuilder builder, string dataFolder)
    {
        var services = builder.Services;
        services.AddEmbeddedEngine(engine => engine.DataFolder = dataFolder);
        services.AddLocalVault(dataFolder);
        WeftOrchestrators.Register(x => services.AddSingleton(x));
        services.AddWeftAgents().AddWeftRuntime().AddLocalQueues().AddWeftApi();
        services.AddSingleton<IToolProvider, StockTools>();

        var app = builder.Build();
        app.UseWeftApi();
        app.MapWeftApi();
        app.MapSuccess();
        return app;
    }
}
