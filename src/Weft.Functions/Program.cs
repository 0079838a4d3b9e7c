using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Weft.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddWeftFunctions();
builder.Build().Run();
