"""Facebook Pages and Instagram through the Graph API and facebook-sdk."""
