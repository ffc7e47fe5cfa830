"""The frame of the page: its name and icon, its style, and the way between its parts."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent

st.set_page_config(page_title="Foreword", page_icon=str(_HERE / "assets" / "icon.png"), layout="wide")
st.html(_HERE / "assets" / "page.css")
st.navigation([st.Page(_HERE / "write.py", title="Write", default=True)], position="hidden").run()
